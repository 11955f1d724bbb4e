import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeIn, readTables } from '../support/page-tables.ts';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/importing.md');
const rows = readTables('docs/importing.md');

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!).sort();
const namesOf = (...kinds: readonly string[]) =>
  rows.flatMap((row) => (kinds.includes(row['Kind'] ?? '') ? codeIn(row['Name']!) : [])).sort();

const customizations = read('solution/Other/Customizations.xml');
const variables = readdirSync(join(root, 'solution/environmentvariabledefinitions')).sort();
const references = all(customizations, /connectionreferencelogicalname="([^"]+)"/g);
const connectors = all(customizations, /<connectorid>([^<]+)</g);

test('the settings file names what the solution has', () => {
  const settings = JSON.parse(/```json\n([^]*?)```/.exec(page)![1]!) as {
    EnvironmentVariables: { SchemaName: string }[];
    ConnectionReferences: { LogicalName: string; ConnectorId: string }[];
  };
  expect(settings.EnvironmentVariables.map((one) => one.SchemaName).sort()).toEqual(variables);
  expect(settings.ConnectionReferences.map((one) => one.LogicalName).sort()).toEqual(references);
  expect(settings.ConnectionReferences.map((one) => one.ConnectorId).sort()).toEqual(connectors);
});

test('the table of the package names every component', () => {
  const folder = (path: string, end: string) =>
    readdirSync(join(root, 'solution', path))
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, name.length - end.length));
  const roots = all(read('solution/Other/Solution.xml'), /<RootComponent type="\d+" schemaName="([^"]+)"/g);
  expect(namesOf('Table', 'App', 'Site map', 'Control', 'Web resource')).toEqual(roots);
  expect(namesOf('Role')).toEqual(folder('Roles', '.xml').sort());
  const flows = folder('Workflows', '.json.data.xml').map((name) =>
    name.replace(/-[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/, ''),
  );
  expect(namesOf('Flow')).toEqual(flows.sort());
  expect(namesOf('Environment variable')).toEqual(variables);
  expect(namesOf('Connection reference')).toEqual(references);
});

test('the table maps and virtual tables named are those the emulator is shipped with', () => {
  const folder = join(root, 'emulator/first-party/msdyn_DualWriteCore/maps');
  const maps = readdirSync(folder).map(
    (file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { displayName: string }).displayName,
  );
  const named = rows.flatMap((row) => (row['Map'] === undefined ? [] : codeIn(row['Map'])));
  expect(named.sort()).toEqual([...new Set(maps)].sort());
  const virtual = rows.flatMap((row) => (row['Needed']?.startsWith('Virtual table') ? codeIn(row['Needed']) : []));
  expect(virtual.sort()).toEqual(
    readdirSync(join(root, 'emulator/first-party/MicrosoftOperationsERPVE/Entities')).sort(),
  );
});
