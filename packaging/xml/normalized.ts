import type { XmlElement } from './tree.ts';

/** An element without what does not count: order of attributes, comments, white space at the ends of texts. */
export interface NormalizedXml {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly parts: readonly (NormalizedXml | string)[];
}

/** Two files are the same XML when these are equal. */
export function normalized(element: XmlElement): NormalizedXml {
  const attributes = [...element.attributes].filter(([name]) => name !== 'xmlns:xsi');
  return {
    name: element.name,
    attributes: attributes.sort(([a], [b]) => (a < b ? -1 : 1)),
    parts: partsOf(element),
  };
}

/** Texts that touch, whichever way they were written, are one part. */
function partsOf(element: XmlElement): (NormalizedXml | string)[] {
  const parts: (NormalizedXml | string)[] = [];
  let run = '';
  const endRun = () => {
    if (run.trim() !== '') parts.push(run.trim());
    run = '';
  };
  for (const node of element.children) {
    if (node.kind === 'text' || node.kind === 'cdata') run += node.text;
    if (node.kind !== 'element') continue;
    endRun();
    parts.push(normalized(node));
  }
  endRun();
  return parts;
}
