import { labelDefinition, labelIn } from '../../../../../emulator/dataverse/metadata/labels.ts';
import { defaultSetName, intersectSetName } from '../../../../../emulator/dataverse/metadata/names.ts';

test.each([
  ['ora_box', 'ora_boxes'],
  ['ora_berry', 'ora_berries'],
  ['ora_tray', 'ora_trays'],
  ['ora_batch', 'ora_batches'],
  ['ora_dish', 'ora_dishes'],
  ['ora_sensordata', 'ora_sensordatas'],
  ['ora_address', 'ora_addresses'],
])('the default plural of %s is %s', (name, plural) => expect(defaultSetName(name)).toBe(plural));

test('intersect tables of the platform have set names of their own', () => {
  expect([intersectSetName('systemuserroles'), intersectSetName('ora_box_account')]).toEqual([
    'systemuserrolescollection',
    'ora_box_accountset',
  ]);
});

test('a label falls back to English, then to any language, then to nothing', () => {
  expect([
    labelIn({ 1033: 'Box', 1031: 'Kiste' }, 1031),
    labelIn({ 1033: 'Box' }, 1031),
    labelIn({ 1036: 'Boîte' }, 1031),
    labelIn({}),
  ]).toEqual(['Kiste', 'Box', 'Boîte', '']);
});

test('a label without text has no label of the user', () => {
  expect(labelDefinition({}, 'id')).toEqual({ LocalizedLabels: [], UserLocalizedLabel: null });
});
