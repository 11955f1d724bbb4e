import { refusalCodes } from '../../emulator/dataverse/solution-import/refusals.ts';
import { errorsOf } from '../support/error-codes.ts';
import { plain, readTables } from '../support/page-tables.ts';
import { callsOf, readSources, textOf, textsIn, type Source } from '../support/source-calls.ts';

const rows = readTables('docs/errors.md');
const cell = (text: string) => (text === '—' ? '' : plain(text));
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

// The client of the web host shows errors; it answers none.
const sources = readSources('emulator', 'packaging').filter(
  ({ path }) => !path.startsWith('emulator/web-host/client/'),
);
const below = (...folders: readonly string[]) =>
  sources.filter(({ path }) => folders.some((folder) => path.startsWith(folder)));

/** Sections of the page, and the sources whose codes they list. */
const sections: Readonly<Record<string, readonly Source[]>> = {
  'Every service': below('emulator/kernel/'),
  Dataverse: below('emulator/dataverse/').filter(({ path }) => !path.includes('/solution-import/')),
  FetchXML: below('emulator/fetchxml/'),
  'Virtual tables': below('emulator/virtual-tables/'),
  Packages: below('packaging/'),
  'Finance and operations': below('emulator/finance-operations/').filter(
    ({ path }) => !path.includes('/business-events/'),
  ),
  'Dual-write': below('emulator/dual-write/'),
  Events: below('emulator/events/', 'emulator/finance-operations/business-events/'),
  'Link and add-ins': below('emulator/environment-link/', 'emulator/add-ins/', 'emulator/provisioning/'),
  Flows: below('emulator/flow-runtime/'),
  Console: below('emulator/console/'),
};

test('no room states an error that no section lists', () => {
  const listed = new Set([...Object.values(sections).flat(), ...below('emulator/dataverse/solution-import/')]);
  const others = sources.filter((source) => !listed.has(source)).flatMap(errorsOf);
  expect(others).toEqual([]);
});

describe.each(Object.entries(sections))('%s', (section, files) => {
  const there = rows.filter((row) => row.section === section && row['Code'] !== undefined);
  const stated = files.flatMap(errorsOf);

  test('lists the codes of the code, and no others', () => {
    expect(sorted(there.map((row) => cell(row['Code']!)))).toEqual(sorted(stated.map(({ code }) => code)));
  });

  test('gives each fault its code and status', () => {
    const named = there.filter((row) => row['Name'] !== '—');
    expect(sorted(named.map((row) => [cell(row['Name']!), cell(row['Code']!), row['Status']].join(' ')))).toEqual(
      sorted(stated.filter(({ name }) => name !== '').map(({ name, code, status }) => [name, code, status].join(' '))),
    );
  });
});

test('Solution import lists every refusal with its code', () => {
  const there = rows.filter((row) => row.section === 'Solution import');
  expect(Object.fromEntries(there.map((row) => [plain(row['Name']!), plain(row['Code']!)]))).toEqual(refusalCodes);
});

test.each([
  ['Infolog', below('emulator/finance-operations/').flatMap((source) => callsOf(source, 'refused'))],
  [
    'Words of dual-write',
    [
      ...below('emulator/dual-write/')
        .flatMap((source) => callsOf(source, 'Fault'))
        .filter(([name]) => textOf(name)?.startsWith('dualWrite'))
        .map(([, , text]) => [text!]),
      ...below('emulator/dual-write/to-dataverse.ts').flatMap((source) => callsOf(source, 'Error')),
    ],
  ],
])('%s lists every text', (section, calls) => {
  const texts = calls.flatMap(([text]) => textsIn(text!));
  const there = rows.filter((row) => row.section === section);
  expect(sorted(there.map((row) => row['Text']!))).toEqual(sorted(texts));
});

test('codes that do not arise arise nowhere', () => {
  const there = rows.filter((row) => row.section === 'Codes that do not arise').map((row) => cell(row['Code']!));
  const stated = new Set(
    below('emulator/')
      .flatMap(errorsOf)
      .map(({ code }) => code.toLowerCase()),
  );
  expect(there.length).toBeGreaterThan(10);
  expect(there.filter((code) => stated.has(code.toLowerCase()))).toEqual([]);
});

test('every row says what it means and where it comes from', () => {
  const withCode = rows.filter((row) => row['Code'] !== undefined);
  expect(withCode.filter((row) => !/^(platform|decided|ours)$/.test(row['Source']!) || row['Meaning'] === '')).toEqual(
    [],
  );
});

test('every fault of a catalogue is thrown somewhere', () => {
  const catalogues = sources.filter(({ path }) => path.endsWith('/faults.ts'));
  const unused = catalogues.flatMap((catalogue) => {
    const room = below(catalogue.path.replace(/faults\.ts$/, ''));
    const names = [...catalogue.text.matchAll(/^ {2}(\w+): \(/gm)].map((match) => match[1]!);
    return names.filter((name) => !room.some(({ text }) => new RegExp(`faults\\.${name}\\b`).test(text)));
  });
  expect(unused).toEqual([]);
});
