import { ExpressionError } from '../expression-error.ts';
import type { Scope } from '../evaluate.ts';
import { isArray, isObject, type Value } from '../value.ts';
import { count, define, text } from './function-entry.ts';

/**
 * Values of bodies that are forms: `$formdata` of a form, `$multipart` of a multipart one, as the runtime holds them.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-content-type
 */
export const formDataFunctions = [
  define('formDataValue', [2, 2], (v, scope) =>
    one('formDataValue', bodyOf(scope.action(text('formDataValue', v, 0))), text('formDataValue', v, 1)),
  ),
  define('formDataMultiValues', [2, 2], (v, scope) =>
    all(bodyOf(scope.action(text('formDataMultiValues', v, 0))), text('formDataMultiValues', v, 1)),
  ),
  define('multipartBody', [2, 2], (v, scope) =>
    part('multipartBody', bodyOf(scope.action(text('multipartBody', v, 0))), count('multipartBody', v, 1)),
  ),
  define('triggerFormDataValue', [1, 1], (v, scope) =>
    one('triggerFormDataValue', triggerBody(scope), text('triggerFormDataValue', v, 0)),
  ),
  define('triggerFormDataMultiValues', [1, 1], (v, scope) =>
    all(triggerBody(scope), text('triggerFormDataMultiValues', v, 0)),
  ),
  define('triggerMultipartBody', [1, 1], (v, scope) =>
    part('triggerMultipartBody', triggerBody(scope), count('triggerMultipartBody', v, 0)),
  ),
];

const member = (value: Value | undefined, name: string): Value => (isObject(value) ? (value[name] ?? null) : null);
const bodyOf = (record: Value | undefined) => member(member(record, 'outputs'), 'body');
const triggerBody = (scope: Scope) => bodyOf(scope.trigger());

/** Values under a key, in the order they were sent. */
function all(body: Value, key: string): Value[] {
  const fields = member(body, '$formdata');
  const parts = member(body, '$multipart');
  if (isArray(fields))
    return fields.filter((field) => member(field, 'key') === key).map((field) => member(field, 'value'));
  if (isArray(parts)) return parts.filter((one) => nameOf(one) === key).map((one) => member(one, 'body'));
  return [];
}

function nameOf(multipart: Value): string | undefined {
  const headers = member(multipart, 'headers');
  const entry = isObject(headers)
    ? Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-disposition')
    : undefined;
  return /name="?([^";]+)"?/.exec(String(entry?.[1] ?? ''))?.[1];
}

function one(name: string, body: Value, key: string): Value {
  const values = all(body, key);
  if (values.length === 1) return values[0]!;
  throw new ExpressionError(
    `The template language function '${name}' found ${values.length} values for the key '${key}'; it expects one.`,
  );
}

function part(name: string, body: Value, index: number): Value {
  const parts = member(body, '$multipart');
  const found = isArray(parts) ? parts[index] : undefined;
  if (found !== undefined) return member(found, 'body');
  throw new ExpressionError(`The template language function '${name}' found no part ${index} of the body.`);
}
