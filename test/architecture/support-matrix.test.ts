import { routes } from '../../emulator/console/routes.ts';
import { knownFolders, knownNodes } from '../../emulator/dataverse/solution-import/without-effect.ts';
import { missingOperations, operations } from '../../emulator/dataverse/web-api/operations/index.ts';
import { commandNames } from '../../emulator/finance-operations/commands/index.ts';
import { entities } from '../../emulator/finance-operations/entities/index.ts';
import { expressionKinds } from '../../emulator/flow-runtime/actions/data.ts';
import { actionTypes, missingActionTypes } from '../../emulator/flow-runtime/actions/index.ts';
import { ownOperationNames } from '../../emulator/flow-runtime/connectors/own-operations.ts';
import { functions } from '../../emulator/flow-runtime/expressions/functions/index.ts';
import { conditionOperators, missingOperators } from '../../emulator/query/condition-operators.ts';
import { missingMembers } from '../../emulator/web-host/client/xrm/missing-members.ts';
import { codeIn, plain, readTables } from '../support/page-tables.ts';
import { callsOf, commentsOf, nodesOf, readSources, textOf } from '../support/source-calls.ts';

const emulated = 'emulated';
const refused = 'refused (501)';
const kept = 'kept with warning';
const differs = 'differs';
const statuses = [emulated, refused, kept, differs, 'missing'];

const page = readTables('docs/support-matrix.md');
const rows = page.filter((row) => row['Feature'] !== undefined);
const sources = readSources('emulator', 'packaging');

const paths = (isRefused: boolean) =>
  routes
    .filter(({ run }) => run.name.startsWith('refuse') === isRefused)
    .map(({ method, path }) => `${method} ${path}`);

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** Sections whose rows name, in backticks, what a list of the code holds. */
const lists: Readonly<Record<string, Partial<Record<string, readonly string[]>>>> = {
  Operations: { [emulated]: Object.keys(operations), [refused]: Object.keys(missingOperations) },
  'Condition operators': {
    [emulated]: conditionOperators.map(({ name }) => name),
    [refused]: Object.keys(missingOperators),
  },
  'Parts of a package': { [emulated]: [...knownNodes, ...knownFolders] },
  'Data entities': { [emulated]: entities.map(({ set }) => set) },
  Commands: { [emulated]: commandNames },
  'Action types': { [emulated]: Object.keys(actionTypes), [refused]: Object.keys(missingActionTypes) },
  'Kinds of the Expression action': { [emulated]: Object.keys(expressionKinds) },
  'Expression functions': { [emulated]: functions.map(({ name }) => name) },
  'Members of the client API': {
    [refused]: Object.entries(missingMembers).flatMap(([name, members]) => members.map((one) => `${name}.${one}`)),
  },
  'Paths of the console': { [emulated]: paths(false), [refused]: paths(true) },
  Connectors: {
    [emulated]: Object.entries(ownOperationNames).flatMap(([api, names]) => [
      api,
      ...names.filter((name) => !name.endsWith('WithOrganization')),
    ]),
  },
};

/** What the code refuses in words: calls of `notEmulated`, and texts that send the reader to this page. */
function refusals(): string[] {
  const called = sources.flatMap((source) => callsOf(source, 'notEmulated').map(([feature]) => textOf(feature)));
  const told = sources
    .filter(({ path }) => path !== 'emulator/kernel/fault.ts')
    .flatMap(({ tree }) => [...nodesOf(tree)].map(textOf))
    .filter((text) => text?.includes('docs/support-matrix.md'))
    .map((text) => text!.split(/ is not emulated|\. /)[0]);
  // A feature that is no literal cannot be compared: it shows here as undefined.
  return [...called, ...told].map(String);
}

const warnings = () =>
  sources
    .filter(({ path }) => path.startsWith('emulator/dataverse/solution-import/'))
    .flatMap((source) => [...callsOf(source, 'warnings.push'), ...callsOf(source, 'warn')])
    .map(([text]) => String(textOf(text)));

test('the page explains the statuses its rows have', () => {
  const explained = page.filter((row) => row['Means'] !== undefined).map((row) => row['Status']!);
  expect(explained).toEqual(statuses);
  expect(sorted(rows.map((row) => row['Status']!))).toEqual(sorted(statuses));
});

describe.each(Object.entries(lists))('%s', (section, byStatus) => {
  test.each(Object.entries(byStatus))('names what is %s', (status, names) => {
    const there = rows.filter((row) => row.section === section && row['Status'] === status);
    expect(sorted(there.flatMap((row) => codeIn(row['Feature']!)))).toEqual(sorted(names!));
  });
});

test('every refusal in words has a row, and every row a refusal', () => {
  const isInList = (row: (typeof rows)[number]) =>
    lists[row.section]?.[refused] !== undefined && row['Feature']!.startsWith('`');
  const there = rows.filter((row) => row['Status'] === refused && !isInList(row));
  expect(sorted(there.map((row) => plain(row['Feature']!)))).toEqual(sorted(refusals()));
});

test('every warning of an import has a row, and every row a warning', () => {
  const there = rows.filter((row) => row.section === 'Warnings of an import');
  expect(sorted(there.map((row) => plain(row['Feature']!)))).toEqual(sorted(warnings()));
  expect(there.filter((row) => row['Status'] !== kept)).toEqual([]);
});

test('every "Differs:" of the code has a row, and every row a comment', () => {
  const known = sources.flatMap((source) =>
    commentsOf(source).flatMap((comment) => {
      const said = /Differs: (.*?)(?: @\w+ .*)?$/.exec(comment)?.[1];
      return said === undefined ? [] : [`${source.path}: ${plain(said).trim()}`];
    }),
  );
  const there = rows.filter((row) => row.section === 'Differs');
  expect(sorted(there.map((row) => `${codeIn(row['Feature']!)[0]}: ${plain(row['Note']!)}`))).toEqual(sorted(known));
  expect(there.filter((row) => row['Status'] !== differs)).toEqual([]);
});
