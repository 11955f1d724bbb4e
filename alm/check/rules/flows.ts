import { attribute, childText } from '../../../packaging/index.ts';
import { plainId, repeated, type Checked, type Flow } from '../checked.ts';
import { at as valueAt, isObject, objectsIn, readJson, textsIn, type Json } from '../flow-definition.ts';
import type { Complaint, Rule } from '../rule.ts';

interface ReadFlow extends Flow {
  readonly json: Json;
}

function readFlows({ flows }: Checked): ReadFlow[] {
  return flows.flatMap((flow) => {
    const json = flow.content === undefined ? undefined : readJson(flow.content).json;
    return json === undefined ? [] : [{ ...flow, json }];
  });
}

const referencesOf = ({ json }: ReadFlow): Json => {
  const references = valueAt(json, 'properties', 'connectionReferences');
  return isObject(references) ? references : {};
};
const logicalNameOf = (reference: unknown) => {
  const name = valueAt(reference, 'connection', 'connectionReferenceLogicalName');
  return typeof name === 'string' ? name : '';
};
const declared = (solution: Checked) =>
  new Set(
    solution
      .list('connectionreferences', 'connectionreference')
      .map((node) => attribute(node, 'connectionreferencelogicalname') ?? ''),
  );

function* each(solution: Checked, problems: (flow: ReadFlow) => Iterable<string>): Generator<Complaint> {
  for (const flow of readFlows(solution))
    for (const message of new Set(problems(flow))) yield { at: flow.at, message, file: flow.path };
}

/** Cloud flows. */
export const flowRules: readonly Rule[] = [
  {
    id: 'flow-id',
    severity: 'error',
    code: '0x80048021',
    fails: 'A child flow is not found, or a flow is imported a second time: the copies of its id do not agree.',
    mend: 'Use one id in root component, WorkflowId and the name of the file.',
    *check({ flows }) {
      for (const { at, id, path, node } of flows) {
        const inName = /([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/i.exec(path)?.[1]?.toLowerCase();
        if (inName !== undefined && inName !== id)
          yield { at, message: `Its id is ${id}, its file is of ${inName}.`, node };
      }
    },
  },
  {
    id: 'flow-connection',
    severity: 'error',
    code: '0x80060474',
    fails: 'The import refuses a flow whose action uses a connection that the flow does not declare.',
    mend: 'Declare the connection in connectionReferences of the definition.',
    check: (solution) =>
      each(solution, function* (flow) {
        const known = Object.keys(referencesOf(flow));
        for (const host of objectsIn(valueAt(flow.json, 'properties', 'definition'))) {
          const key = host['connectionName'];
          const isHost = typeof key === 'string' && typeof host['operationId'] === 'string';
          // Older definitions name it by an expression over $connections.
          if (isHost && !known.includes(key) && !key.startsWith('@')) yield `There is no connection '${key}' in it.`;
        }
      }),
  },
  {
    id: 'flow-connection-reference',
    severity: 'error',
    code: '0x80060474',
    fails:
      'The flow cannot be turned on: the connection reference it uses is neither in the package nor in the target.',
    mend: 'Add the connection reference to the solution, or correct its logical name.',
    check: (solution) => {
      const known = declared(solution);
      return each(solution, function* (flow) {
        for (const reference of Object.values(referencesOf(flow))) {
          const name = logicalNameOf(reference);
          if (name !== '' && !known.has(name) && !solution.isElsewhere(name))
            yield `There is no connection reference '${name}'.`;
        }
      });
    },
  },
  {
    id: 'flow-connection-id',
    severity: 'error',
    code: '0x80060474',
    fails: 'The flow works with the connection of whoever made it, which no other environment has.',
    mend: 'Use a connection reference: add the flow to a solution and exchange its connections there.',
    check: (solution) =>
      each(solution, function* (flow) {
        for (const [key, reference] of Object.entries(referencesOf(flow))) {
          const name = valueAt(reference, 'connection', 'name') ?? valueAt(reference, 'connectionName');
          if (logicalNameOf(reference) === '' && typeof name === 'string' && name !== '')
            yield `'${key}' is the connection ${name} itself.`;
        }
      }),
  },
  {
    id: 'flow-child',
    severity: 'error',
    code: '0x80048022',
    fails: 'The import stops, or the flow cannot be turned on: the child flow it calls is not there.',
    mend: 'Add the child flow to the solution, and name it by its id.',
    check: (solution) => {
      const ids = solution.list('Workflows', 'Workflow').map((node) => plainId(attribute(node, 'WorkflowId')));
      return each(solution, function* (flow) {
        for (const host of objectsIn(flow.json)) {
          const child = host['workflowReferenceName'];
          if (typeof child === 'string' && !ids.includes(plainId(child)) && !solution.isElsewhere(child))
            yield `It calls the flow ${child}, which is not in the package.`;
        }
      });
    },
  },
  {
    id: 'flow-variable',
    severity: 'error',
    code: '',
    fails:
      'The flow cannot be turned on: the environment variable it reads is neither in the package nor in the target.',
    mend: 'Add the environment variable to the solution, or correct the schema name.',
    check: (solution) => {
      const known = new Set(solution.ownFiles.flatMap(({ root }) => attribute(root, 'schemaname') ?? []));
      return each(solution, function* (flow) {
        const parameters = valueAt(flow.json, 'properties', 'definition', 'parameters');
        for (const parameter of isObject(parameters) ? Object.values(parameters) : []) {
          const name = valueAt(parameter, 'metadata', 'schemaName');
          if (typeof name === 'string' && !known.has(name) && solution.lacks(name))
            yield `There is no environment variable '${name}'.`;
        }
      });
    },
  },
  {
    id: 'flow-table',
    severity: 'error',
    code: '',
    fails: 'The flow fails whenever it runs: it names a table that is neither in the package nor in the target.',
    mend: 'Name the table by its set name in actions (entityName), by its logical name in triggers.',
    check: (solution) => {
      const sets = new Set(solution.tables.map(({ info }) => childText(info, 'EntitySetName').toLowerCase()));
      const isMissing = (name: unknown): name is string =>
        typeof name === 'string' && solution.lacksTable(name) && !sets.has(name.toLowerCase());
      return each(solution, function* (flow) {
        for (const parameters of objectsIn(flow.json))
          for (const key of ['entityName', 'subscriptionRequest/entityname'])
            if (isMissing(parameters[key])) yield `There is no table '${parameters[key]}'.`;
      });
    },
  },
  {
    id: 'flow-environment-url',
    severity: 'warning',
    code: '',
    fails: 'The flow calls the environment it was made in from every other one.',
    mend: 'Take the address from an environment variable.',
    check: (solution) =>
      each(solution, function* (flow) {
        for (const text of textsIn(flow.json)) {
          const url =
            /https:\/\/[\w-]+(\.api)?(\.crm\d*|\.(?:[\w-]+\.)?operations|\.(?:[\w-]+\.)?axcloud)\.dynamics\.com/i.exec(
              text,
            )?.[0];
          if (url !== undefined) yield `It holds the address ${url}.`;
        }
      }),
  },
  {
    id: 'flow-state',
    severity: 'warning',
    code: '',
    fails: 'A flow that is on when its connections are bound to nothing yet stays off, and may fail the first import.',
    mend: 'Ship it off (StateCode 0, StatusCode 1), and turn it on after its connections are bound.',
    *check(solution) {
      const isFirst = solution.previous === undefined && /^(0(\.\d+)+|1(\.0)+)$/.test(solution.version);
      if (!isFirst || solution.isManaged) return;
      for (const flow of readFlows(solution))
        if (childText(flow.node, 'StateCode') === '1' && Object.keys(referencesOf(flow)).length > 0)
          yield { at: flow.at, message: 'It is on in a first release.', node: flow.node };
    },
  },
];

/** Connection references and environment variables. */
export const settingRules: readonly Rule[] = [
  {
    id: 'connection-reference',
    severity: 'error',
    code: '',
    fails: 'The import stops: a connection reference has no connector, or two have one name.',
    mend: 'Give it the connectorid of its connector, and a name of its own.',
    *check(solution) {
      const nodes = solution.list('connectionreferences', 'connectionreference');
      const names = nodes.map((node) => (attribute(node, 'connectionreferencelogicalname') ?? '').toLowerCase());
      for (const node of nodes)
        if (childText(node, 'connectorid') === '')
          yield {
            at: `connection reference ${attribute(node, 'connectionreferencelogicalname')}`,
            message: 'It has no connector.',
            node,
          };
      for (const name of repeated(names))
        yield {
          at: `connection reference ${name}`,
          message: 'It is there twice.',
          node: nodes[names.lastIndexOf(name)],
        };
    },
  },
  {
    id: 'variable-type',
    severity: 'error',
    code: '0x80072002',
    fails: 'The import refuses an environment variable of an unknown type, or whose default does not fit it.',
    mend: 'Set type to 100000000 text, 100000001 number, 100000002 yes/no, 100000003 JSON, 100000004 data source or 100000005 secret.',
    *check({ ownFiles }) {
      for (const { path, root } of ownFiles) {
        if (root?.name !== 'environmentvariabledefinition') continue;
        const [type, value] = [childText(root, 'type'), childText(root, 'defaultvalue')];
        const at = `environment variable ${attribute(root, 'schemaname')}`;
        if (!/^10000000[0-5]$/.test(type)) yield { at, message: `Its type is '${type}'.`, file: path };
        else if (value !== '' && !fits(value, type))
          yield { at, message: `Its default '${value.slice(0, 40)}' does not fit its type.`, file: path };
      }
    },
  },
  {
    id: 'variable-value',
    severity: 'warning',
    code: '',
    fails: 'The value goes into every environment, and overrides what was set there.',
    mend: 'Remove environmentvariablevalues.json; give values in a deployment-settings file (npm run alm -- settings create).',
    *check({ files }) {
      for (const path of files.keys())
        if (/^environmentvariabledefinitions\/.+\/environmentvariablevalues\.json$/.test(path))
          yield {
            at: `environment variable ${path.split('/')[1]}`,
            message: 'Its value is in the package.',
            file: path,
          };
    },
  },
  {
    id: 'variable-secret',
    severity: 'error',
    code: '',
    fails:
      'The secret can be read by everybody who has the package; the platform takes only a reference to a key vault.',
    mend: 'Leave the default empty, or name the secret of a key vault: /subscriptions/…/secrets/…',
    *check({ ownFiles }) {
      for (const { path, root } of ownFiles) {
        const value = childText(root, 'defaultvalue');
        if (childText(root, 'type') === '100000005' && value !== '' && !/^\/subscriptions\//i.test(value))
          yield {
            at: `environment variable ${attribute(root, 'schemaname')}`,
            message: 'Its default is a secret in clear.',
            file: path,
          };
      }
    },
  },
];

function fits(value: string, type: string): boolean {
  if (type === '100000001') return /^-?\d+(\.\d+)?$/.test(value);
  if (type === '100000002') return /^(yes|no|true|false)$/i.test(value);
  if (type !== '100000003') return true;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
