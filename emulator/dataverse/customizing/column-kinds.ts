import type { AttributeType } from '../metadata/model.ts';

/** What a kind of column is in a package, where a definition does not say otherwise. */
export interface ColumnKind {
  readonly type: string;
  readonly imeMode: string;
  readonly least?: number;
  readonly most?: number;
  readonly precision?: { readonly otherwise: number; readonly most: number };
  readonly length?: { readonly otherwise: number | undefined; readonly most: number };
  /** By the name of the Web API; the first is what is taken where none is sent. */
  readonly formats?: Readonly<Record<string, string>>;
  /** Kilobytes. */
  readonly size?: { readonly otherwise: number; readonly most: number };
}

const wholeNumber = 2_147_483_647;
const fraction = 100_000_000_000;
const amount = 922_337_203_685_477;

/**
 * Kinds of columns that can be made, by the name of their definition.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/entity-attribute-metadata
 */
export const columnKinds: Partial<Record<AttributeType, ColumnKind>> = {
  String: {
    type: 'nvarchar',
    imeMode: 'auto',
    length: { otherwise: undefined, most: 4000 },
    formats: {
      Text: 'text',
      TextArea: 'textarea',
      Email: 'email',
      Phone: 'phone',
      Url: 'url',
      TickerSymbol: 'tickersymbol',
      Json: 'json',
      RichText: 'richtext',
      PhoneticGuide: 'phoneticguide',
      VersionNumber: 'versionnumber',
    },
  },
  Memo: {
    type: 'ntext',
    imeMode: 'auto',
    length: { otherwise: 2000, most: 1_048_576 },
    formats: { TextArea: 'textarea', Text: 'text', RichText: 'richtext', Json: 'json', Email: 'email' },
  },
  Integer: {
    type: 'int',
    imeMode: 'disabled',
    least: -wholeNumber - 1,
    most: wholeNumber,
    formats: { None: 'none', Duration: 'duration', TimeZone: 'timezone', Language: 'language', Locale: 'locale' },
  },
  BigInt: { type: 'bigint', imeMode: 'disabled' },
  Decimal: {
    type: 'decimal',
    imeMode: 'disabled',
    least: -fraction,
    most: fraction,
    precision: { otherwise: 2, most: 10 },
  },
  Double: {
    type: 'float',
    imeMode: 'disabled',
    least: -fraction,
    most: fraction,
    precision: { otherwise: 2, most: 5 },
  },
  Money: {
    type: 'money',
    imeMode: 'disabled',
    least: -amount,
    most: amount,
    precision: { otherwise: 2, most: 4 },
  },
  Boolean: { type: 'bit', imeMode: 'auto' },
  Picklist: { type: 'picklist', imeMode: 'auto' },
  MultiSelectPicklist: { type: 'multiselectpicklist', imeMode: 'auto' },
  DateTime: {
    type: 'datetime',
    imeMode: 'inactive',
    formats: { DateAndTime: 'datetime', DateOnly: 'date' },
  },
  Lookup: { type: 'lookup', imeMode: 'auto' },
  Customer: { type: 'customer', imeMode: 'auto' },
  File: { type: 'file', imeMode: 'disabled', size: { otherwise: 32_768, most: 10_485_760 } },
  Image: { type: 'image', imeMode: 'disabled', size: { otherwise: 10_240, most: 30_720 } },
};

/** The kind a definition's `@odata.type` names, without its ending. */
export const kindNamed = (name: string): ColumnKind | undefined =>
  Object.hasOwn(columnKinds, name) ? columnKinds[name as AttributeType] : undefined;
