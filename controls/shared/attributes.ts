/** What a host tells of one column of a table. */
export interface Attribute {
  readonly LogicalName?: string;
  readonly AttributeType?: unknown;
  readonly DisplayName?: unknown;
}

interface Attributes {
  get?(name: string): Attribute | undefined;
  readonly [name: string]: unknown;
}

/**
 * Finds a column in what `utils.getEntityMetadata` answers. Hosts differ: a collection with `get`, a list, or an object by name.
 */
export function attributeOf(name: string, metadata: unknown): Attribute | undefined {
  const attributes = (metadata as { Attributes?: unknown } | undefined)?.Attributes;
  if (Array.isArray(attributes)) return (attributes as Attribute[]).find((one) => one.LogicalName === name);
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  const collection = attributes as Attributes;
  const found = typeof collection.get === 'function' ? collection.get(name) : collection[name];
  return (found ?? undefined) as Attribute | undefined;
}

/** What a column is called: hosts give a text, or labels with the user's among them. */
export function labelOf(attribute: Attribute | undefined): string | undefined {
  const displayName = attribute?.DisplayName;
  const label =
    typeof displayName === 'string'
      ? displayName
      : (displayName as { UserLocalizedLabel?: { Label?: string } } | undefined)?.UserLocalizedLabel?.Label;
  return label === undefined || label === '' ? undefined : label;
}
