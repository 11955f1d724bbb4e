import { PackageError } from '../package-error.ts';
import type { Report } from '../problem.ts';
import { child, elements, setAttribute, xmlElement, type XmlElement } from '../xml/index.ts';

export const frameName = 'Other/Customizations.xml';

/**
 * The empty node that parts go into. The official tool leaves a component type out in silence when there is none.
 *
 * @param files what would go into it, for the error
 * @param report told when it is missing, and it is made then; or when it is filled, and it is emptied
 */
export function placeholder(
  frame: XmlElement,
  { node, files, frameFile = frameName }: { node: string; files: string; frameFile?: string },
  report: Report,
): XmlElement {
  const found = child(frame, node);
  if (found === undefined) {
    const why = `There is ${files}, but ${frameFile} has no <${node} /> for it to go into.`;
    report('placeholder-missing', new PackageError(why, frameFile, '0x8004801F'));
    const made = xmlElement(node);
    frame.children.push(made);
    return made;
  }
  if (elements(found).length > 0) {
    const why = `<${node}> in ${frameFile} must be empty: its parts are in ${files}.`;
    report('placeholder-filled', new PackageError(why, frameFile));
  }
  found.children = [];
  return found;
}

/** A fragment as it stands in customizations.xml, whose root declares the namespace already. */
export function asPart(root: XmlElement): XmlElement {
  setAttribute(root, 'xmlns:xsi', undefined);
  return root;
}
