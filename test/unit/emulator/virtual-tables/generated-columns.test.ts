import type { EntityField } from '../../../../emulator/finance-operations/contract.ts';
import { fieldXml } from '../../../../emulator/virtual-tables/generate/column-xml.ts';
import { packageXml } from '../../../../emulator/virtual-tables/generate/package-xml.ts';
import { recIdOf, rowId } from '../../../../emulator/finance-operations/row-id.ts';
import { createFinanceOperations } from '../../../../emulator/finance-operations/index.ts';
import { createClock } from '../../../../emulator/kernel/index.ts';
import { openDatabase } from '../../../../emulator/storage/index.ts';

// finance-operations reference, 2.5 "Data types".
const column = (field: Omit<EntityField, 'name'>, name = 'Field') => fieldXml({ name, ...field }, false, () => true);

test.each<[string, Omit<EntityField, 'name'>, RegExp]>([
  ['a real is a decimal up to 100 billion', { type: 'real' }, /<Type>decimal<.*<MaxValue>100000000000<.*<Accuracy>2</s],
  ['a long is a decimal without places', { type: 'int64' }, /<Type>decimal<.*<Accuracy>0</s],
  ['an integer is a whole number', { type: 'int' }, /<Type>int</],
  ['a text is a line', { type: 'string', maxLength: 60 }, /<Type>nvarchar<.*<MaxLength>60</s],
  ['a memo is several lines', { type: 'string', maxLength: 8000 }, /<Type>ntext</],
  ['a time knows no zone', { type: 'utcDateTime' }, /<Type>datetime<.*<Format>datetime<.*<Behavior>3</s],
  ['a day neither', { type: 'date' }, /<Type>datetime<.*<Format>date<.*<Behavior>3</s],
  ['an enum is a global choice', { type: 'enum', enumType: 'NoYes' }, /<Type>picklist<.*>mserp_noyes</s],
])('%s', (_title, field, expected) => {
  expect(column(field)).toMatch(expected);
});

test('a GUID has no column, nor has an enum nobody knows the symbols of', () => {
  expect(column({ type: 'guid' })).toBeUndefined();
  expect(fieldXml({ name: 'Field', type: 'enum', enumType: 'Other' }, false, () => false)).toBeUndefined();
});

// 2.4 "Primary key GUID": two published ones.
test.each([
  [0x2893, 5637145344n, '00002893-0000-0000-0003-005001000000'],
  [0x4c03, 22565431405n, '00004c03-0000-0000-6d28-014105000000'],
])('entity %i and RecId %i make %s', (entity, recId, id) => {
  expect(rowId(entity, recId)).toBe(id);
  expect(recIdOf(entity, id)).toBe(recId);
  expect(recIdOf(entity + 1, id)).toBeUndefined();
});

// 2.3 "Naming": a relationship whose name is longer than 92 characters is silently not generated; 2.6: nor is one to a table
// that is not there.
test('a relationship needs a name of 92 characters at most, and its other table', () => {
  const database = openDatabase(':memory:');
  const clock = createClock();
  const { entities, enums } = createFinanceOperations({ database, clock, strictAuth: false, log: () => undefined });
  const customers = entities.get('CustCustomerV3Entity')!;
  const [group] = customers.relations!;
  const room = 92 - 'mserp_FK_CustCustomerV3Entity_'.length;
  const generated = (name: string, isThere: (table: string) => boolean = () => true) =>
    packageXml({
      entity: { ...customers, relations: [{ ...group!, name }] },
      enums,
      solution: 'Test',
      changeTracking: false,
      languages: [1033],
      labelId: () => '@Label',
      isThere,
      hasColumn: () => false,
      hasChoice: () => true,
    }).customizations.includes(`mserp_FK_CustCustomerV3Entity_${name}`);
  expect(generated('R'.repeat(room))).toBe(true);
  expect(generated('R'.repeat(room + 1))).toBe(false);
  expect(generated('R', (table) => table !== 'mserp_custcustomergroupentity')).toBe(false);
  clock.stop();
  database.close();
});
