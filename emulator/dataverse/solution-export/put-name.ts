import { child, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { Row } from '../../query/index.ts';
import { setChild } from '../customizing/nodes.ts';
import { english, labelIn } from '../metadata/labels.ts';
import { readChildLabels } from '../solution-import/read-labels.ts';

/** Name and description of a row in its node; the languages the row does not speak stay. */
export function putName(node: XmlElement, row: Row): void {
  put(node, { list: 'LocalizedNames', item: 'LocalizedName' }, row['name']);
  put(node, { list: 'Descriptions', item: 'Description' }, row['description']);
}

function put(node: XmlElement, { list, item }: { list: string; item: string }, value: unknown): void {
  const before = readChildLabels(node, list);
  const text = typeof value === 'string' ? value : '';
  if (labelIn(before) === text && (text !== '' || child(node, list) === undefined)) return;
  if (text === '' && Object.keys(before).length === 0) return;
  const labels = Object.entries({ ...before, [english]: text });
  setChild(
    node,
    xmlElement(
      list,
      {},
      labels.map(([code, description]) => xmlElement(item, { description, languagecode: code })),
    ),
  );
}
