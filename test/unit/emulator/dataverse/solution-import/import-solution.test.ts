import { Catalogue } from '../../../../../emulator/dataverse/metadata/catalogue.ts';
import { loadCatalogue } from '../../../../../emulator/dataverse/solution-import/index.ts';
import { anEmptyTarget, anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import {
  aChoice,
  aColumn,
  aLookup,
  aRelationship,
  aTable,
  anExtension,
  zipped,
} from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeEach(async () => void (target = await anImportTarget()));
afterEach(() => target.close());

const everything = (catalogue: Catalogue) =>
  Object.fromEntries(
    [...catalogue.tables()].map((table) => [table.logicalName, { ...table, columns: [...table.columns.values()] }]),
  );

async function restarted(): Promise<Catalogue> {
  const catalogue = new Catalogue();
  await loadCatalogue(target.database, catalogue);
  return catalogue;
}

test('after a restart the metadata is what it was, columns of older versions and late references included', async () => {
  const toBasket = aRelationship('ora_basket_apple', { from: 'ora_Apple', column: 'ora_BasketId', to: 'ora_Basket' });
  await target.add([aChoice('ora_kind', { 1: 'One' }), aTable('ora_Apple', { columns: aColumn('ora_First') })], {
    name: 'Apples',
  });
  await target.add([aTable('ora_Basket')], { name: 'Baskets' });
  await target.add(
    [aChoice('ora_kind', { 2: 'Two' }), aTable('ora_Apple', { columns: aLookup('ora_BasketId') }), toBasket],
    { name: 'Apples', version: '2.0' },
  );
  const loaded = await restarted();
  expect(loaded.table('ora_apple')!.columns.has('ora_first')).toBe(true);
  expect(everything(loaded)).toEqual(everything(target.catalogue));
  expect(loaded.globalChoice('ora_kind')).toEqual(target.catalogue.globalChoice('ora_kind'));
});

test('the same package again changes no row, and is stored once', async () => {
  const parts = [aTable('ora_Pear', { columns: aColumn('ora_Color') })];
  await target.add(parts, { name: 'Pears' });
  const rows = () =>
    ['solution', 'publisher', 'solutioncomponent', 'privilege', 'role', 'roleprivileges'].map((table) =>
      target.rows(`select * from ${table}`),
    );
  const before = rows();
  await target.add(parts, { name: 'Pears' });
  expect(rows()).toEqual(before);
  expect(target.rows(`select unique_name from "emulator$packages" where unique_name = 'Pears'`)).toHaveLength(1);
});

test('a refused update leaves the version before it', async () => {
  await target.add([aTable('ora_Fig')], { name: 'Figs' });
  const before = everything(target.catalogue);
  await target.refuse([anExtension('ora_Fig', { columns: aColumn('ora_Size') + aLookup('ora_Nowhere') })], {
    name: 'Figs',
    version: '2.0',
  });
  expect(everything(target.catalogue)).toEqual(before);
  expect(target.rows(`select name from pragma_table_info('ora_fig') where name = 'ora_size'`)).toEqual([]);
  expect(target.rows(`select version from solution where uniquename = 'Figs'`)).toEqual([{ version: '1.0.0.0' }]);
  expect(everything(await restarted())).toEqual(before);
});

test('an import that fails takes nothing from the one it waited for', async () => {
  const good = target.add([aTable('ora_Date')], { name: 'Dates' });
  const bad = target.refuse([aTable('ora_Kiwi', { columns: aLookup('ora_Nowhere') })], { name: 'Kiwis' });
  await Promise.all([good, bad]);
  expect(await bad).toMatch(/^0x80048548/);
  expect([target.catalogue.table('ora_date') !== undefined, target.catalogue.table('ora_kiwi')]).toEqual([
    true,
    undefined,
  ]);
});

test('what is no solution zip is refused by the name of the entry', async () => {
  await expect(target.addZip(Buffer.from('no zip'))).rejects.toMatchObject({
    wire: { code: '0x80048060', status: 400 },
  });
  const cut = (await zipped([aTable('ora_Nut')])).subarray(0, 200);
  await expect(target.addZip(cut)).rejects.toMatchObject({ wire: { code: '0x80048060' } });
});

test('an environment without tables takes a solution that brings its own', async () => {
  const empty = anEmptyTarget();
  const { warnings } = await empty.add([aTable('ora_Seed')], { name: 'Seeds' });
  expect([warnings, empty.catalogue.tableBySet('ora_seeds')?.logicalName]).toEqual([[], 'ora_seed']);
  empty.close();
});

test('type codes: those of the platform as stated, all others counted on from 10,000', async () => {
  const coded = aTable('ora_Coded');
  await target.add(
    [
      { ...coded, node: coded.node!.replace('</Name>', '</Name><ObjectTypeCode>10025</ObjectTypeCode>') },
      aTable('ora_Plain'),
    ],
    { name: 'Codes' },
  );
  const codes = [...target.catalogue.tables()].map((table) => table.objectTypeCode);
  expect(target.catalogue.table('account')!.objectTypeCode).toBe(1);
  expect(new Set(codes).size).toBe(codes.length);
});
