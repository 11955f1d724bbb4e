import type { ColumnValue, Lookup } from '../../query/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { ColumnMetadata } from '../metadata/model.ts';

/** Where a match begins and ends in what the index answers: no text holds these. */
export const marks = { begin: '\u0001', end: '\u0002' } as const;

/**
 * What of a value is searched: text as it stands, HTML without its tags, the labels of choices in the organisation's
 * language, the name of the row a lookup points at.
 */
export function indexedText(
  column: ColumnMetadata,
  value: ColumnValue,
  nameOf: (lookup: Lookup) => string | undefined,
): string | null {
  if (value === null) return null;
  return textOf(column, value, nameOf)?.replace(/[\u0000-\u0002]/g, ' ') ?? null;
}

function textOf(column: ColumnMetadata, value: ColumnValue, nameOf: (lookup: Lookup) => string | undefined) {
  switch (column.type) {
    case 'lookup':
      return nameOf(value as Lookup);
    case 'choice':
      return labelOf(column, Number(value));
    case 'choices':
      return String(value)
        .split(',')
        .flatMap((one) => labelOf(column, Number(one)) ?? [])
        .join('; ');
    case 'memo':
      return withoutTags(String(value));
    default:
      return String(value);
  }
}

/** Results carry no HTML. */
export const withoutTags = (text: string) => text.replace(/<\/?[a-z][^<>]*>|<!--.*?-->/gis, ' ');

function labelOf({ choice }: ColumnMetadata, value: number): string | undefined {
  const option = choice?.options.find((one) => one.value === value);
  return option === undefined ? undefined : labelIn(option.label);
}
