import { randomUUID } from 'node:crypto';

/** Hands out row ids: GUIDs, lower case, without braces. Handed in so that tests can make them repeatable. */
export type NewId = () => string;

export const randomId: NewId = () => randomUUID();

const guid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/** The GUID in `text`, lower case and without braces, or undefined when it is none. */
export function readGuid(text: string): string | undefined {
  return guid.exec(text.trim())?.[1]?.toLowerCase();
}
