import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAddressGeneration as inControls } from '../../../../controls/shared/address-generation.ts';
import { readAddressGeneration as inFormScripts } from '../../../../plugins-ts/shared/address-generation.ts';

type Row = Record<string, unknown>;

const maps = join(__dirname, '../../../../emulator/first-party/msdyn_DualWriteCore/maps');
const definition = (version: string) =>
  JSON.parse(readFileSync(join(maps, `accounts-customers-v3.${version}.json`), 'utf8')) as Row;

function mapRow(version: string, overrides: Row = {}): Row {
  const { name, displayName, mapping } = definition(version);
  return {
    msdyn_name: name,
    msdyn_displayname: displayName,
    msdyn_version: version,
    msdyn_mapping: JSON.stringify(mapping),
    ...overrides,
  };
}

function runtimeRow(version: string, overrides: Row = {}): Row {
  const [Major, Minor, Build, Revision] = version.split('.').map(Number);
  return {
    msdyn_name: definition('1.0.0.5')['name'],
    msdyn_externalentityname: 'Customers V3',
    msdyn_unsecure: JSON.stringify({ EntityMapVersion: { Major, Minor, Build, Revision } }),
    ...overrides,
  };
}

function reader(running: Row[], saved: Row[]) {
  return {
    retrieveRecord: () => Promise.reject(new Error('not asked for')),
    async retrieveMultipleRecords(table: string, options = '') {
      if (table === 'msdyn_dualwriteruntimeconfig') return { entities: running };
      const version = /msdyn_version eq '([^']+)'/.exec(decodeURIComponent(options))?.[1];
      return { entities: saved.filter((row) => row['msdyn_version'] === version) };
    },
  };
}

type Kind = 'accountMap' | 'addressBook' | 'notKnown';
/** Controls and form scripts may not import each other, so each has its own copy; they must not drift apart. */
const copies: [string, (rows: ReturnType<typeof reader>) => Promise<Kind>][] = [
  ['controls', async (rows) => (await inControls(rows)).kind],
  ['form scripts', (rows) => inFormScripts(rows as never)],
];

describe.each(copies)('the address generation, as %s find it', (_room, find) => {
  const saved = [mapRow('1.0.0.4'), mapRow('1.0.0.5')];

  test('is the account map when the running version maps the address columns', async () => {
    expect(await find(reader([runtimeRow('1.0.0.4')], saved))).toBe('accountMap');
  });

  test('is the address book when the running version maps the party', async () => {
    expect(await find(reader([runtimeRow('1.0.0.5')], saved))).toBe('addressBook');
  });

  test('is that of the running version, not of the highest', async () => {
    const parked = mapRow('1.0.0.5', { msdyn_version: '9.9.9.9' });
    expect(await find(reader([runtimeRow('1.0.0.4')], [...saved, parked]))).toBe('accountMap');
  });

  test('is read through JSON inside JSON', async () => {
    const twice = (text: unknown) => JSON.stringify(String(text));
    const row = mapRow('1.0.0.5');
    const older = { ...row, msdyn_mapping: twice(row['msdyn_mapping']) };
    const runtime = runtimeRow('1.0.0.5');
    expect(await find(reader([{ ...runtime, msdyn_unsecure: twice(runtime['msdyn_unsecure']) }], [older]))).toBe(
      'addressBook',
    );
  });

  test('passes over other maps that have accounts as their table', async () => {
    const other = runtimeRow('1.0.0.4', {
      msdyn_name: 'Contoso_[accounts - Vendors V2]',
      msdyn_externalentityname: 'Vendors V2',
    });
    expect(await find(reader([other, runtimeRow('1.0.0.5')], saved))).toBe('addressBook');
    expect(await find(reader([other], saved))).toBe('notKnown');
  });

  test('takes the running publisher’s map where two publishers have the same version', async () => {
    const theirs = mapRow('1.0.0.4', { msdyn_name: 'contoso_[accounts - Customers V3]', msdyn_version: '1.0.0.5' });
    const running = runtimeRow('1.0.0.5', { msdyn_name: 'contoso_[accounts - Customers V3]' });
    expect(await find(reader([running], [...saved, theirs]))).toBe('accountMap');
    const nameless = runtimeRow('1.0.0.5', { msdyn_name: 'something else' });
    expect(await find(reader([nameless], [...saved, theirs]))).toBe('notKnown');
  });

  test.each([
    ['no map runs', [], saved],
    ['the running row cannot be read', [runtimeRow('1.0.0.4', { msdyn_unsecure: '<html>' })], saved],
    ['the running row names no version', [runtimeRow('1.0.0.4', { msdyn_unsecure: '{}' })], saved],
    ['no map has that version', [runtimeRow('7.0.0.0')], saved],
    ['the mapping is broken', [runtimeRow('1.0.0.4')], [mapRow('1.0.0.4', { msdyn_mapping: '{"legs":7}' })]],
    ['the mapping is empty', [runtimeRow('1.0.0.4')], [mapRow('1.0.0.4', { msdyn_mapping: null })]],
  ] as [string, Row[], Row[]][])('is not known when %s', async (_case, running, rows) => {
    expect(await find(reader(running, rows))).toBe('notKnown');
  });

  test('is not known when the user may not read the maps', async () => {
    const denied = {
      ...reader([], []),
      retrieveMultipleRecords: () =>
        Promise.reject({ errorCode: 0x80040220, message: 'Principal lacks prvRead privilege' }),
    };
    expect(await find(denied)).toBe('notKnown');
  });
});

test('controls say why the generation is not known', async () => {
  const denied = {
    ...reader([], []),
    retrieveMultipleRecords: () => Promise.reject({ errorCode: 0x80040220, message: 'no' }),
  };
  expect(await inControls(denied)).toEqual({ kind: 'notKnown', why: 'noPermission' });
  expect(await inControls(reader([], []))).toEqual({ kind: 'notKnown', why: 'notRunning' });
  expect(await inControls(reader([runtimeRow('7.0.0.0')], []))).toEqual({ kind: 'notKnown', why: 'unreadable' });
});
