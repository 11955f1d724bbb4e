import { timestampOf } from '../expressions/moment.ts';
import type { Value, ValueObject } from '../expressions/value.ts';

/**
 * What `trigger()` gives for a body that came in.
 *
 * @param more headers and queries that came with it
 */
export function triggerRecord(name: string, body: Value, now: Date, more: ValueObject = {}): ValueObject {
  const time = timestampOf(now);
  const outputs = { headers: {}, ...more, body };
  return { name, inputs: null, outputs, startTime: time, endTime: time, status: 'Succeeded', code: 'OK' };
}
