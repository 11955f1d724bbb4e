import { faults } from '../faults.ts';
import type { Label } from '../metadata/model.ts';

/** A definition as a client sends it. */
export type Sent = Readonly<Record<string, unknown>>;

export const isSent = (value: unknown): value is Sent =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (property: string, expected: string) =>
  faults.payload('', `Microsoft.OData.ODataException: The property '${property}' is no ${expected}.`);

/** A text; undefined where none is sent. @throws Fault for another kind of value */
export function textOf(sent: Sent, property: string): string | undefined {
  const value = sent[property] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw wrong(property, 'text');
  return value;
}

export function numberOf(sent: Sent, property: string): number | undefined {
  const value = sent[property] ?? undefined;
  if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value))) throw wrong(property, 'number');
  return value;
}

export function wholeOf(sent: Sent, property: string): number | undefined {
  const value = numberOf(sent, property);
  if (value !== undefined && !Number.isInteger(value)) throw wrong(property, 'whole number');
  return value;
}

export function booleanOf(sent: Sent, property: string): boolean | undefined {
  const value = sent[property] ?? undefined;
  if (value !== undefined && typeof value !== 'boolean') throw wrong(property, 'true or false');
  return value;
}

/** The value of a managed property, or of another complex one with a `Value`. */
export function valueOf(sent: Sent, property: string): unknown {
  const value = sent[property] ?? undefined;
  if (value !== undefined && !isSent(value)) throw wrong(property, "object with a 'Value'");
  return value?.['Value'] ?? undefined;
}

export function listOf(sent: Sent, property: string): Sent[] | undefined {
  const value = sent[property] ?? undefined;
  if (value !== undefined && !(Array.isArray(value) && value.every(isSent))) throw wrong(property, 'list of objects');
  return value;
}

export function objectOf(sent: Sent, property: string): Sent | undefined {
  const value = sent[property] ?? undefined;
  if (value !== undefined && !isSent(value)) throw wrong(property, 'object');
  return value;
}

/** A `Label`: its texts by language; undefined where none is sent. `UserLocalizedLabel` is read-only. */
export function labelOf(sent: Sent, property: string): Label | undefined {
  const label = objectOf(sent, property);
  const list = label === undefined ? undefined : listOf(label, 'LocalizedLabels');
  if (list === undefined) return undefined;
  return Object.fromEntries(
    list.flatMap((one) => {
      const language = wholeOf(one, 'LanguageCode');
      const text = textOf(one, 'Label');
      return language === undefined || text === undefined ? [] : [[language, text] as const];
    }),
  );
}

/** Whether the label holds a text in any language. */
export const isNamed = (label: Label | undefined): label is Label =>
  label !== undefined && Object.values(label).some((text) => text.trim() !== '');

/** The short name of an `@odata.type`: `StringAttributeMetadata`. */
export function typeOf(sent: Sent): string | undefined {
  const type = textOf(sent, '@odata.type');
  return type === undefined ? undefined : (/^#?(?:Microsoft\.Dynamics\.CRM|mscrm)\.(\w+)$/.exec(type)?.[1] ?? type);
}
