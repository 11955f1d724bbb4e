import { PackageError } from '../package-error.ts';
import { child, elements, type XmlElement } from '../xml/index.ts';

export const frameName = 'Other/Customizations.xml';

/**
 * The empty node that parts go into. The official tool leaves a component type out in silence when there is none.
 *
 * @param files what would go into it, for the error
 * @throws PackageError when it is missing or filled
 */
export function placeholder(frame: XmlElement, node: string, files: string, frameFile = frameName): XmlElement {
  const found = child(frame, node);
  if (found === undefined)
    throw new PackageError(
      `There is ${files}, but ${frameFile} has no <${node} /> for it to go into.`,
      frameFile,
      '0x8004801F',
    );
  if (elements(found).length > 0)
    throw new PackageError(`<${node}> in ${frameFile} must be empty: its parts are in ${files}.`, frameFile);
  found.children = [];
  return found;
}

/** A fragment as it stands in customizations.xml, whose root declares the namespace already. */
export function asPart(root: XmlElement): XmlElement {
  root.attributes.delete('xmlns:xsi');
  return root;
}
