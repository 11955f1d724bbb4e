import { createShapes } from '../../../../../emulator/dataverse/metadata/table-shape.ts';
import { anEmptyTarget } from '../../../../support/import-target.ts';
import { aColumn, aTable } from '../../../../support/solution-builder.ts';

test('the shape of a table follows its metadata, and is made once for each state of it', async () => {
  const target = anEmptyTarget();
  const shapes = createShapes(target.catalogue);
  await target.add([aTable('ora_Box')]);
  const before = shapes('ora_box');
  expect([before.key, shapes('ora_box') === before]).toEqual([['ora_boxid'], true]);
  await target.add([aTable('ora_Box', { columns: aColumn('ora_Weight', { type: 'decimal', more: '' }) })], {
    version: '2.0',
  });
  expect([before.columns.has('ora_weight'), shapes('ora_box').columns.get('ora_weight')?.type]).toEqual([
    false,
    'decimal',
  ]);
  expect(() => shapes('ora_none')).toThrow("Resource not found for the segment 'ora_none'.");
  target.close();
});
