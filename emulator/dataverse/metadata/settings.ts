import { childText, type XmlElement } from '../../../packaging/index.ts';
import { managedProperty, type Definition } from './managed-property.ts';

export type SettingValue = boolean | number | string | null;

/** What is stated of a table, column or relationship and differs from the default; by property of the Web API. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** A switch that is kept as it is stated: how the Web API calls it, and how a package does. */
export interface Setting {
  readonly property: string;
  readonly element: string;
  /** `managed`: a managed property, whose value is in `Value`. */
  readonly kind: 'managed' | 'boolean' | 'number' | 'text';
  readonly otherwise: SettingValue;
  /** Name of the managed property. */
  readonly managedBy?: string;
}

/** The settings an element of a package states. */
export function readSettings(list: readonly Setting[], node: XmlElement): Settings | undefined {
  const stated = list.flatMap((setting) => {
    const text = childText(node, setting.element);
    const value = text === '' ? setting.otherwise : readValue(setting, text);
    return value === setting.otherwise ? [] : [[setting.property, value] as const];
  });
  return stated.length === 0 ? undefined : Object.fromEntries(stated);
}

function readValue({ kind, otherwise }: Setting, text: string): SettingValue {
  if (kind === 'text') return text;
  if (kind === 'number') return Number.isNaN(Number(text)) ? otherwise : Number(text);
  return text === '1' || text.toLowerCase() === 'true';
}

/** The settings as properties of a definition. */
export function settingsDefinition(list: readonly Setting[], settings: Settings = {}): Definition {
  return Object.fromEntries(
    list.map((setting) => {
      const { property, kind, otherwise, managedBy } = setting;
      const value = settings[property] ?? otherwise;
      return [property, kind === 'managed' ? managedProperty(value === true, managedBy!) : value];
    }),
  );
}
