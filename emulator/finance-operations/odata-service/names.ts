import type { DataEntity } from '../contract.ts';

const singular = (name: string) =>
  name
    .replace(/ies$/, 'y')
    .replace(/(ss|us|x|ch|sh)es$/, '$1')
    .replace(/([^su])s$/, '$1');

/** Public entity name of a set: `CustomersV3` is `CustomerV3`, `Currencies` is `Currency`. */
export function publicName({ set }: Pick<DataEntity, 'set'>): string {
  const [, stem = set, version = ''] = /^(.*?)(V\d+)?$/.exec(set) ?? [];
  return singular(stem) + version;
}

/** Id of a field's label. Decided: the entity and the field; the platform numbers its labels by file. */
export const labelId = (entity: DataEntity, field?: string) =>
  field === undefined ? `@${entity.name}` : `@${entity.name}:${field}`;

/** `CreditLimitIsMandatory` reads `Credit limit is mandatory`. */
export function words(name: string): string {
  const parts = name.match(/[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [name];
  return parts
    .map((part, index) =>
      index === 0 ? part[0]!.toUpperCase() + part.slice(1) : /^[A-Z]{2,}$/.test(part) ? part : part.toLowerCase(),
    )
    .join(' ');
}
