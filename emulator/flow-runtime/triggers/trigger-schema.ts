import { Fault } from '../../kernel/index.ts';
import { checkSchema } from '../definition/check-schema.ts';
import type { TriggerDefinition } from '../definition/model.ts';
import { isObject, type Value } from '../expressions/value.ts';

/** Kinds of Request triggers whose inputs the designer declares, and the platform therefore checks. */
const declared = ['button', 'powerapp', 'powerappv2', 'skills', 'virtualagent'];

/**
 * Checks what a Request trigger is given by the schema in its inputs. One called over HTTP is checked only if it asks for
 * it: `EnableSchemaValidation`.
 *
 * @throws Fault 400 in the platform's words
 */
export function checkTriggerBody({ name, type, kind, inputs, raw }: TriggerDefinition, body: Value): void {
  if (type.toLowerCase() !== 'request' || !isObject(inputs)) return;
  const isAsked = String(raw['operationOptions'] ?? '')
    .toLowerCase()
    .includes('enableschemavalidation');
  if (!isAsked && !declared.includes(kind?.toLowerCase() ?? '')) return;
  const errors = checkSchema(body ?? {}, inputs['schema'] ?? null);
  if (errors.length === 0) return;
  const details = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
  throw new Fault(
    'triggerInputMismatch',
    { code: 'TriggerInputSchemaMismatch', status: 400 },
    `The input body for trigger '${name}' of type 'Request' did not match its schema definition. Error details: '${details}'`,
  );
}
