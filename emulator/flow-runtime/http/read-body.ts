import { readJson } from '../expressions/json.ts';
import type { Value } from '../expressions/value.ts';

/**
 * A body as expressions see it: JSON as values, text as a string, forms with `$formdata`, anything else as
 * `{ $content-type, $content }` in base64. JSON that is none stays text.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-content-type
 */
export function readBody(contentType: string | undefined, bytes: Buffer): Value {
  if (bytes.length === 0) return null;
  const type = (contentType ?? 'application/json').toLowerCase();
  const wrapped = { '$content-type': contentType ?? '', $content: bytes.toString('base64') };
  if (/^application\/(.+\+)?json/.test(type)) return jsonOr(bytes.toString());
  if (type.startsWith('text/')) return bytes.toString();
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const fields = [...new URLSearchParams(bytes.toString())].map(([key, value]) => ({ key, value }));
    return { ...wrapped, $formdata: fields };
  }
  return wrapped;
}

function jsonOr(text: string): Value {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}
