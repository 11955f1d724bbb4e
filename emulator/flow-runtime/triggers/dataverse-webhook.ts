import type { ServiceClient } from '../connectors/service-client.ts';
import type { TriggerDefinition } from '../definition/model.ts';
import { resolve } from '../expressions/template.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';

/** True for "When a row is added, modified or deleted". */
export function isDataverseWebhook(trigger: TriggerDefinition): boolean {
  return (
    trigger.type.toLowerCase() === 'openapiconnectionwebhook' &&
    /^subscribewebhooktrigger(withorganization)?$/.test(operationOf(trigger))
  );
}

export function operationOf(trigger: TriggerDefinition): string {
  const host = isObject(trigger.inputs) ? trigger.inputs['host'] : undefined;
  return isObject(host) ? String(host['operationId'] ?? '').toLowerCase() : '';
}

/** Registration columns, by the name of the trigger's parameter. */
const columns = [
  'message',
  'entityname',
  'scope',
  'filteringattributes',
  'filterexpression',
  'postponeuntil',
  'runas',
  'sdkmessagename',
] as const;

/**
 * Registers the flow's callback: one row of `callbackregistrations` named after the flow, replacing what is there, so
 * that a restart never leaves two.
 *
 * @throws Error with Dataverse's words when it refuses the registration
 */
export async function register(
  client: ServiceClient,
  user: string,
  workflowId: string,
  trigger: TriggerDefinition,
  url: string,
  scope: Scope,
): Promise<void> {
  await unregister(client, user, workflowId);
  const inputs = resolve(trigger.inputs, scope);
  const parameters = isObject(inputs) && isObject(inputs['parameters']) ? inputs['parameters'] : {};
  const body = registrationOf(workflowId, url, parameters);
  const answer = await client.send({ method: 'POST', path: 'callbackregistrations', user, body });
  if (answer.statusCode >= 400)
    throw new Error(`The trigger '${trigger.name}' could not be registered: ${messageOf(answer.body)}`);
}

/** The registration a trigger's parameters ask for. */
export function registrationOf(name: string, url: string, parameters: ValueObject): ValueObject {
  const request = isObject(parameters['subscriptionRequest']) ? parameters['subscriptionRequest'] : {};
  const body: Record<string, Value> = { name, url, version: 3n };
  for (const column of columns) {
    const value = parameters[`subscriptionRequest/${column}`] ?? request[column];
    if (value !== undefined && value !== null && value !== '') body[column] = value;
  }
  return body;
}

/** Deletes every registration of the flow. @throws Error with Dataverse's words when it refuses; one that is gone already is no refusal */
export async function unregister(client: ServiceClient, user: string, workflowId: string): Promise<void> {
  const path = `callbackregistrations?$select=callbackregistrationid&$filter=${encodeURIComponent(`name eq '${workflowId}'`)}`;
  const found = await client.send({ method: 'GET', path, user });
  if (found.statusCode >= 400) throw new Error(`Callback registrations cannot be read: ${messageOf(found.body)}`);
  for (const row of rowsOf(found.body)) {
    const one = `callbackregistrations(${String(row['callbackregistrationid'])})`;
    const gone = await client.send({ method: 'DELETE', path: one, user });
    if (gone.statusCode >= 400 && gone.statusCode !== 404)
      throw new Error(`A callback registration cannot be deleted: ${messageOf(gone.body)}`);
  }
}

export function rowsOf(body: Value): readonly ValueObject[] {
  const value = isObject(body) ? body['value'] : undefined;
  return isArray(value) ? value.filter(isObject) : [];
}

export function messageOf(body: Value): string {
  const error = isObject(body) ? body['error'] : undefined;
  return isObject(error) ? String(error['message']) : String(body);
}
