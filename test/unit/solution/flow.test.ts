import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { attribute, childText, descendants, parseXml, type SolutionPackage } from '../../../packaging/index.ts';
import { parts, readSolution, root } from './our-solution.ts';

interface Flow {
  readonly properties: {
    readonly connectionReferences: Record<string, { connection: { connectionReferenceLogicalName: string } }>;
    readonly definition: {
      readonly parameters: Record<string, { metadata?: { schemaName: string }; defaultValue?: unknown }>;
    };
  };
}

/** Flows by name: that of their folder, with the file's where a folder holds several. */
const files = new Map(
  readdirSync(join(root, 'flows'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => [basename(path) === 'definition.json' ? dirname(path) : `${dirname(path)}-${basename(path, '.json')}`, path]),
);
const names = [...files.keys()].sort();
const fileOf = (name: string) => readFileSync(join(root, 'flows', files.get(name)!), 'utf8');
const flowOf = (name: string) => JSON.parse(fileOf(name)) as Flow;
let solution: SolutionPackage;
beforeAll(async () => void (solution = await readSolution()));

const workflows = () => parts(solution, 'Workflows', 'Workflow');

test('every flow is a workflow of the solution, and the reverse', () => {
  expect(
    workflows()
      .map((one) => attribute(one, 'Name'))
      .sort(),
  ).toEqual(names);
});

test('the id is the same in the root component, the workflow and the file name', () => {
  const roots = [...descendants(solution.manifest, 'RootComponent')].filter((one) => attribute(one, 'type') === '29');
  expect(roots.map((one) => attribute(one, 'id')).sort()).toEqual(
    workflows()
      .map((one) => attribute(one, 'WorkflowId'))
      .sort(),
  );
  for (const workflow of workflows()) {
    const id = attribute(workflow, 'WorkflowId')!;
    expect(id).toBe(id.toLowerCase());
    const upper = id.replace(/[{}]/g, '').toUpperCase();
    const path = childText(workflow, 'JsonFileName');
    expect(path).toBe(`/Workflows/${attribute(workflow, 'Name')}-${upper}.json`);
    expect([...solution.files.keys()].map((name) => basename(name))).toContain(basename(path));
  }
});

test('every connection reference of the solution is used by a flow', () => {
  const used = names.flatMap((name) =>
    Object.values(flowOf(name).properties.connectionReferences).map(
      (one) => one.connection.connectionReferenceLogicalName,
    ),
  );
  const declared = parts(solution, 'connectionreferences', 'connectionreference').map(
    (one) => attribute(one, 'connectionreferencelogicalname')!,
  );
  expect([...new Set(used)].sort()).toEqual(declared.sort());
});

describe.each(names)('%s', (name) => {
  const file = fileOf(name);
  const flow = flowOf(name);

  test('has no byte-order mark', () => expect(file.codePointAt(0)).toBe('{'.charCodeAt(0)));

  test('speaks through the connections it declares, and none is idle', () => {
    const keys = [...file.matchAll(/"connectionName": "([^"]+)"/g)].map((match) => match[1]!);
    expect([...new Set(keys)].sort()).toEqual(Object.keys(flow.properties.connectionReferences).sort());
  });

  test('takes environment variables that are shipped, by name and default', () => {
    const shipped = [...solution.files]
      .filter(([path]) => path.startsWith('environmentvariabledefinitions/'))
      .map(([path, content]) => parseXml(content, path))
      .map((variable) => [
        `${attribute([...descendants(variable, 'displayname')][0], 'default')} (${attribute(variable, 'schemaname')})`,
        childText(variable, 'defaultvalue'),
      ]);
    const used = Object.entries(flow.properties.definition.parameters).flatMap(
      ([parameter, { metadata, defaultValue = '' }]) =>
        metadata === undefined
          ? []
          : [[parameter, typeof defaultValue === 'object' ? JSON.stringify(defaultValue) : String(defaultValue)]],
    );
    expect(used.filter((one) => !shipped.some((other) => other[0] === one[0]))).toEqual([]);
    for (const [parameter, value] of used) {
      const [, other = ''] = shipped.find((one) => one[0] === parameter)!;
      expect(value).toBe(other.startsWith('{') ? JSON.stringify(JSON.parse(other)) : other);
    }
  });

  test('holds no address of an environment and no id of a user or a connection', () => {
    const ids = file.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi) ?? [];
    const addresses = (file.match(/https:\/\/[^"/]+/g) ?? []).filter(
      (one) => one !== 'https://schema.management.azure.com',
    );
    expect([ids, addresses]).toEqual([[], []]);
  });
});
