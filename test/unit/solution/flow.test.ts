import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { attribute, childText, descendants, parseXml, type SolutionPackage } from '../../../packaging/index.ts';
import { flowFile, parts, readSolution } from './our-solution.ts';

interface Flow {
  readonly properties: {
    readonly connectionReferences: Record<string, { connection: { connectionReferenceLogicalName: string } }>;
    readonly definition: {
      readonly parameters: Record<string, { metadata?: { schemaName: string }; defaultValue: unknown }>;
    };
  };
}

const file = readFileSync(flowFile, 'utf8');
const flow = JSON.parse(file) as Flow;
let solution: SolutionPackage;
beforeAll(async () => void (solution = await readSolution()));

test('the id is the same in the root component, the workflow and the file name', () => {
  const [workflow, ...others] = parts(solution, 'Workflows', 'Workflow');
  const id = attribute(workflow, 'WorkflowId')!;
  const roots = [...descendants(solution.manifest, 'RootComponent')].filter((root) => attribute(root, 'type') === '29');
  expect(others).toEqual([]);
  expect(roots.map((root) => attribute(root, 'id'))).toEqual([id]);
  expect(id).toBe(id.toLowerCase());
  const upper = id.replace(/[{}]/g, '').toUpperCase();
  const path = childText(workflow, 'JsonFileName');
  expect(path).toBe(`/Workflows/${attribute(workflow, 'Name')}-${upper}.json`);
  expect([...solution.files.keys()].map((name) => basename(name))).toContain(basename(path));
});

test('the JSON has no byte-order mark', () => expect(file.codePointAt(0)).toBe('{'.charCodeAt(0)));

test('every connection of the flow is a connection reference of the solution, and none is idle', () => {
  const used = Object.values(flow.properties.connectionReferences).map(
    (one) => one.connection.connectionReferenceLogicalName,
  );
  const declared = parts(solution, 'connectionreferences', 'connectionreference').map(
    (one) => attribute(one, 'connectionreferencelogicalname')!,
  );
  expect(used).toEqual(declared);
});

test('every connector action speaks through a connection the flow declares', () => {
  const keys = [...file.matchAll(/"connectionName": "([^"]+)"/g)].map((match) => match[1]!);
  expect(keys.length).toBeGreaterThan(0);
  expect([...new Set(keys)]).toEqual(Object.keys(flow.properties.connectionReferences));
});

test('environment variables of the flow are shipped, with the same name and default', () => {
  const shipped = [...solution.files]
    .filter(([path]) => path.startsWith('environmentvariabledefinitions/'))
    .map(([path, content]) => parseXml(content, path));
  const used = Object.entries(flow.properties.definition.parameters).flatMap(([name, { metadata, defaultValue }]) =>
    metadata === undefined ? [] : [{ name, defaultValue }],
  );
  expect(used).toEqual(
    shipped.map((variable) => ({
      name: `${attribute([...descendants(variable, 'displayname')][0], 'default')} (${attribute(variable, 'schemaname')})`,
      defaultValue: childText(variable, 'defaultvalue'),
    })),
  );
});

test('no address of an environment and no id of a user or a connection is left in it', () => {
  const ids = file.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi) ?? [];
  const addresses = (file.match(/https:\/\/[^"/]+/g) ?? []).filter((one) => one !== 'https://schema.management.azure.com');
  expect([ids, addresses]).toEqual([[], []]);
});
