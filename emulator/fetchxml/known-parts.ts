import { FetchXmlError } from './fetchxml-error.ts';
import type { FetchElement } from './xml-tree.ts';

const ofEntity = ['attribute', 'all-attributes', 'order', 'filter', 'link-entity', 'no-attrs'];

/** What each element may hold. @see https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/ */
const children: Readonly<Record<string, readonly string[]>> = {
  fetch: ['entity', 'order'],
  entity: ofEntity,
  'link-entity': ofEntity,
  filter: ['condition', 'filter', 'link-entity'],
  condition: ['value'],
};

/** @throws FetchXmlError for an element where it has no meaning: half a query is not answered */
export function requireKnownParts(element: FetchElement): void {
  for (const child of element.children) {
    if (!(children[element.name] ?? []).includes(child.name))
      throw new FetchXmlError(
        '0x80040303',
        `Malformed FetchXml. The element '${child.name}' cannot stand in '${element.name}'.`,
      );
    requireKnownParts(child);
  }
}
