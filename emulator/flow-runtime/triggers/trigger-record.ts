import type { Value, ValueObject } from '../expressions/value.ts';

/** What `trigger()` gives for a body that came in. */
export function triggerRecord(name: string, body: Value, more: ValueObject = {}): ValueObject {
  return { name, status: 'Succeeded', code: 'OK', outputs: { headers: {}, ...more, body } };
}
