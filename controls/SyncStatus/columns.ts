import { attributeOf, labelOf } from '../shared/attributes';
import type { Column, ColumnKind, Pair } from './model';

/** Types of columns, by the number or the name hosts give. */
const kinds: Readonly<Record<string, ColumnKind>> = {
  0: 'label',
  1: 'lookup',
  2: 'date',
  3: 'number',
  4: 'number',
  5: 'number',
  6: 'lookup',
  8: 'money',
  9: 'lookup',
  11: 'label',
  12: 'label',
  13: 'label',
  18: 'number',
  boolean: 'label',
  customer: 'lookup',
  datetime: 'date',
  decimal: 'number',
  double: 'number',
  integer: 'number',
  lookup: 'lookup',
  money: 'money',
  owner: 'lookup',
  picklist: 'label',
  state: 'label',
  status: 'label',
  bigint: 'number',
};

/** What the host tells of the columns of a table. A column it does not tell of is text, called by its name. */
export function columnsOf(pairs: readonly Pair[], metadata: unknown): Column[] {
  return pairs.map(({ here }) => {
    const attribute = attributeOf(here, metadata);
    const type = attribute?.AttributeType;
    return {
      name: here,
      label: labelOf(attribute) ?? here,
      kind: kinds[String(type ?? '').toLowerCase()] ?? 'text',
    };
  });
}
