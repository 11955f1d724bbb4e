import { attribute, child, elements, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Label } from '../metadata/model.ts';
import type { Setting } from '../metadata/settings.ts';
import { booleanOf, numberOf, textOf, valueOf, type Sent } from './definition-values.ts';
import { labelsNode, setChild, setText } from './nodes.ts';

/** Writes the settings a definition states into an element of a package. */
export function writeSettings(node: XmlElement, list: readonly Setting[], sent: Sent): void {
  for (const setting of list) {
    const value = readSent(setting, sent);
    if (value !== undefined) setText(node, setting.element, value);
  }
}

function readSent({ kind, property }: Setting, sent: Sent): string | number | boolean | undefined {
  switch (kind) {
    case 'boolean':
      return booleanOf(sent, property);
    case 'number':
      return numberOf(sent, property);
    case 'text':
      return textOf(sent, property);
    case 'managed': {
      const value = valueOf(sent, property);
      if (value !== undefined && typeof value !== 'boolean')
        throw faults.payload('', `Microsoft.OData.ODataException: The property '${property}' is no managed property.`);
      return value;
    }
  }
}

/** Writes a label; with `merges` the languages that are not sent stay. Nothing is sent: nothing changes. */
export function writeLabel(
  node: XmlElement,
  { list, item }: { readonly list: string; readonly item: string },
  label: Label | undefined,
  merges: boolean,
): void {
  if (label === undefined) {
    if (child(node, list) === undefined) setChild(node, labelsNode(list, item, {}));
    return;
  }
  const before = child(node, list);
  const there = before === undefined || !merges ? [] : elements(before);
  const kept = there.map((one) => [Number(attribute(one, 'languagecode')), attribute(one, 'description') ?? '']);
  setChild(node, labelsNode(list, item, { ...(Object.fromEntries(kept) as Label), ...label }));
}
