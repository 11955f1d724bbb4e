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

interface Attribute {
  readonly LogicalName?: string;
  readonly AttributeType?: unknown;
  readonly DisplayName?: unknown;
}

interface Attributes {
  get?(name: string): Attribute | undefined;
  readonly [name: string]: unknown;
}

/** What the host tells of the columns of a table. A column it does not tell of is text, called by its name. */
export function columnsOf(pairs: readonly Pair[], metadata: unknown): Column[] {
  return pairs.map(({ here }) => {
    const attribute = attributeOf(here, (metadata as { Attributes?: unknown } | undefined)?.Attributes);
    const type = attribute?.AttributeType;
    return {
      name: here,
      label: labelOf(attribute?.DisplayName) ?? here,
      kind: kinds[String(type ?? '').toLowerCase()] ?? 'text',
    };
  });
}

/** Hosts differ: a collection with `get`, a list, or an object by name. */
function attributeOf(name: string, attributes: unknown): Attribute | undefined {
  if (Array.isArray(attributes)) return (attributes as Attribute[]).find((one) => one.LogicalName === name);
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  const collection = attributes as Attributes;
  const found = typeof collection.get === 'function' ? collection.get(name) : collection[name];
  return (found ?? undefined) as Attribute | undefined;
}

/** A text, or labels with the user's among them. */
function labelOf(displayName: unknown): string | undefined {
  const label =
    typeof displayName === 'string'
      ? displayName
      : (displayName as { UserLocalizedLabel?: { Label?: string } } | undefined)?.UserLocalizedLabel?.Label;
  return label === undefined || label === '' ? undefined : label;
}
