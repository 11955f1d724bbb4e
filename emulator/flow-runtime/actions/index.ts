import type { ActionRunner } from './action-runner.ts';
import { changeset } from './changeset.ts';
import { compose } from './compose.ts';
import { apiConnection, openApiConnection } from './connector.ts';
import { foreach, ifAction, scope, switchAction, terminate, until } from './control.ts';
import { expression, join, parseJson, query, select, table } from './data.ts';
import { http } from './http.ts';
import { response } from './response.ts';
import { failed } from '../runs/outcome.ts';
import {
  appendToArrayVariable,
  appendToStringVariable,
  decrementVariable,
  incrementVariable,
  initializeVariable,
  setVariable,
} from './variables.ts';
import { wait } from './wait.ts';
import { apiConnectionWebhook, httpWebhook, openApiConnectionWebhook } from './webhook.ts';
import { workflow } from './workflow.ts';

/** Every action type the runtime runs, by the name the definition uses. */
export const actionTypes: Readonly<Record<string, ActionRunner>> = {
  Compose: compose,
  InitializeVariable: initializeVariable,
  SetVariable: setVariable,
  IncrementVariable: incrementVariable,
  DecrementVariable: decrementVariable,
  AppendToArrayVariable: appendToArrayVariable,
  AppendToStringVariable: appendToStringVariable,
  If: ifAction,
  Switch: switchAction,
  Scope: scope,
  Foreach: foreach,
  Until: until,
  Terminate: terminate,
  Query: query,
  Select: select,
  Join: join,
  Table: table,
  ParseJson: parseJson,
  Expression: expression,
  Wait: wait,
  OpenApiConnection: openApiConnection,
  Changeset: changeset,
  Response: response,
  Workflow: workflow,
  Http: http,
  HttpWebhook: httpWebhook,
  ApiConnection: apiConnection,
  ApiConnectionWebhook: apiConnectionWebhook,
  OpenApiConnectionWebhook: openApiConnectionWebhook,
};

/** Types of Logic Apps that Power Automate's flows do not have, refused by name, and what to do instead. */
export const missingActionTypes: Readonly<Record<string, string>> = {
  Function: 'Call the function with Http.',
  ApiManagement: 'Call the gateway with Http.',
  JavaScriptCode: 'Use expressions.',
  Liquid: 'Use Select and Compose.',
  Xslt: 'Use xpath().',
};

const byType = new Map(Object.entries(actionTypes).map(([type, run]) => [type.toLowerCase(), run]));
const missing = new Map(Object.entries(missingActionTypes).map(([type, instead]) => [type.toLowerCase(), instead]));
const containers = new Set(['if', 'switch', 'scope', 'foreach', 'until']);

/** Containers are run again when a run is resumed; what they hold is not. */
export const isContainer = (type: string) => containers.has(type.toLowerCase());

/** The runner of a type; one that is not there fails the action by name. */
export function actionRunner(type: string): ActionRunner {
  const known = byType.get(type.toLowerCase());
  if (known !== undefined) return known;
  const instead = missing.get(type.toLowerCase()) ?? 'Use a type that is.';
  return async (action) =>
    failed(
      'NotEmulated',
      `The action type '${action.type}' of '${action.name}' is not emulated. ${instead} See docs/support-matrix.md.`,
    );
}
