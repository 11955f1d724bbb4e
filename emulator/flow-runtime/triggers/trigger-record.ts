import { formatMoment } from '../expressions/date-format.ts';
import { fromDate } from '../expressions/moment.ts';
import type { Value, ValueObject } from '../expressions/value.ts';

/**
 * What `trigger()` gives for a body that came in.
 *
 * @param more headers and queries that came with it
 */
export function triggerRecord(name: string, body: Value, now: Date, more: ValueObject = {}): ValueObject {
  const time = formatMoment(fromDate(now), 'o');
  const outputs = { headers: {}, ...more, body };
  return { name, inputs: null, outputs, startTime: time, endTime: time, status: 'Succeeded', code: 'OK' };
}
