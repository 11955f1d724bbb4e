import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import { aTable } from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => {
  target = await anImportTarget();
  await target.add([aTable('ora_FruitBox')], { name: 'Installed', version: '1.2.0.0' });
});
afterAll(() => target.close());

test.each([
  ['a name with a space', { name: 'Fruit box' }, /^0x8004F002 .*'Fruit box'/],
  ['a version that is no version', { version: '1.x' }, /^0x8004F01E .*'1\.x'/],
  ['a version of one part', { version: '1' }, /^0x8004F01E/],
  ['a version of five parts', { version: '1.2.3.4.5' }, /^0x8004F01E/],
  ['a prefix that begins with a digit', { prefix: '1ab' }, /^0x80044366 .*'1ab'/],
  ['the prefix mscrm', { prefix: 'mscrm' }, /^0x80044366/],
  ['a prefix of one letter', { prefix: 'a' }, /^0x80044366/],
  ['a prefix of option values below 10000', { optionPrefix: '9999' }, /^0x80048402 .*'9999'/],
  ['a package that may be both managed and unmanaged', { managed: '2' }, /^0x8004801A .*'2'/],
  ['no publisher', { publisher: '' }, /^0x8004801A .*publisher/],
  ['a lower version', { name: 'Installed', version: '1.1.9.9' }, /^0x80048541 .*1\.1\.9\.9.*1\.2\.0\.0/],
  ['managed over unmanaged', { name: 'Installed', version: '1.3', managed: '1' }, /^0x80048038 .*'Installed'/],
  ['another publisher', { name: 'Installed', version: '1.3', publisher: 'other' }, /^0x8004801C .*'orchard'.*'other'/],
])('refuses %s', async (_what, options, expected) => {
  expect(await target.refuse([], options)).toMatch(expected);
});

test('takes the same and a higher version, in fewer parts too', async () => {
  await target.add([], { name: 'Twice', version: '1.0' });
  await target.add([], { name: 'Twice', version: '1.0.0.0' });
  await target.add([], { name: 'Twice', version: '1.0.1' });
  expect(target.rows(`select version, ismanaged from solution where uniquename = 'Twice'`)).toEqual([
    { version: '1.0.1', ismanaged: 0 },
  ]);
});

test('records the solution, its publisher and its components', async () => {
  const [solution] = target.rows(
    `select s.version, p.uniquename, p.customizationprefix, p.customizationoptionvalueprefix from solution s join publisher p on p.publisherid = s.publisherid where s.uniquename = 'Installed'`,
  );
  expect(solution).toEqual({
    version: '1.2.0.0',
    uniquename: 'orchard',
    customizationprefix: 'ora',
    customizationoptionvalueprefix: 47219,
  });
  expect(
    target.rows(
      `select c.componenttype, c.objectid from solutioncomponent c join solution s on s.solutionid = c.solutionid where s.uniquename = 'Installed'`,
    ),
  ).toEqual([{ componenttype: 1, objectid: target.catalogue.table('ora_fruitbox')!.metadataId }]);
});
