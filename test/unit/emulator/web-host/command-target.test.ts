/** @jest-environment jsdom */
import { commandItems } from '../../../../emulator/web-host/client/commands/command-items';
import type { AppCommand } from '../../../../emulator/web-host/client/commands/app-commands';
import {
  argumentsOf,
  gridTarget,
  type CommandTarget,
} from '../../../../emulator/web-host/client/commands/command-target';
import { GridState } from '../../../../emulator/web-host/client/list/grid-state';

const form = { isForm: true };
const target: CommandTarget = {
  table: 'tree',
  typeCode: 10001,
  primaryIds: ['a1'],
  primaryControl: form,
  selected: {
    table: 'leaf',
    typeCode: 10002,
    rows: [
      { id: 'b1', name: 'One' },
      { id: 'b2', name: 'Two' },
    ],
    all: [
      { id: 'b1', name: 'One' },
      { id: 'b2', name: 'Two' },
      { id: 'b3', name: 'Three' },
    ],
    control: form,
  },
};

test.each([
  [1, 10001],
  [2, 'tree'],
  [3, ['{A1}']],
  [4, '{A1}'],
  [5, form],
  [7, 10002],
  [8, 'leaf'],
  [10, '{B1}'],
  [12, form],
  [23, ['{B1}', '{B2}']],
  [
    24,
    [
      { Id: '{B1}', TypeName: 'leaf', TypeCode: 10002, Name: 'One' },
      { Id: '{B2}', TypeName: 'leaf', TypeCode: 10002, Name: 'Two' },
    ],
  ],
])('a parameter of type %i', (type, value) => {
  expect(argumentsOf(target, [{ type }])).toEqual([value]);
});

test('constants are passed as they are, an unknown type is refused by its number', () => {
  expect(
    argumentsOf(target, [
      { type: 21, value: 'x' },
      { type: 18, value: true },
    ]),
  ).toEqual(['x', true]);
  expect(() => argumentsOf(target, [{ type: 99 }])).toThrow(/type 99/);
});

test('nothing selected gives null and no ids', () => {
  const none = { ...target, primaryIds: [], selected: { ...target.selected, rows: [] } };
  expect(argumentsOf(none, [{ type: 4 }, { type: 10 }, { type: 23 }])).toEqual([null, null, []]);
});

test('the commands of a list act on its marked rows, those of a grid on a form on the form too', () => {
  const refresh = jest.fn();
  const state = new GridState();
  const rows = [
    { leafid: 'b1', name: 'One' },
    { leafid: 'b2', name: 'Two' },
  ];
  Object.assign(state, { table: 'leaf', primaryId: 'leafid', primaryName: 'name', rows, selected: ['b2'], refresh });
  const list = gridTarget(state, 10002);
  expect([list.table, list.primaryIds, list.selected.rows]).toEqual(['leaf', ['b2'], [{ id: 'b2', name: 'Two' }]]);
  const control = list.selected.control as {
    getGrid(): { getSelectedRows(): { getLength(): number; get(at: number): Row } };
    refresh(): void;
  };
  interface Row {
    getData(): { getEntity(): { getId(): string; getPrimaryAttributeValue(): string } };
  }
  const entity = control.getGrid().getSelectedRows().get(0).getData().getEntity();
  expect([entity.getId(), entity.getPrimaryAttributeValue()]).toEqual(['{B2}', 'Two']);
  control.refresh();
  expect(refresh).toHaveBeenCalledTimes(1);
  const onForm = gridTarget(state, 10002, { table: 'tree', typeCode: 1, primaryIds: ['a1'], primaryControl: form });
  expect(argumentsOf(onForm, [{ type: 2 }, { type: 4 }, { type: 8 }, { type: 23 }])).toEqual([
    'tree',
    '{A1}',
    'leaf',
    ['{B2}'],
  ]);
});

const command = (id: string, more: Partial<AppCommand> = {}): AppCommand => ({
  id,
  label: id,
  tooltip: undefined,
  accessibleName: undefined,
  icon: undefined,
  iconUrl: undefined,
  isDisabled: false,
  type: 0,
  isGroupTitleHidden: false,
  parentId: undefined,
  missing: undefined,
  functionName: undefined,
  library: undefined,
  parameters: [],
  ...more,
});

test('a split button acts by itself, a drop-down does not, a group in a menu has its title', () => {
  const items = commandItems(
    [
      command('split', { type: 2, functionName: 'Orchard.split' }),
      command('drop', { type: 1, functionName: 'Orchard.never' }),
      command('group', { type: 3, parentId: 'drop' }),
      command('one', { parentId: 'split', functionName: 'Orchard.one' }),
      command('two', { parentId: 'group', functionName: 'Orchard.two' }),
    ],
    () => target,
  );
  expect(items.map(({ key, split, onClick }) => [key, split ?? false, onClick !== undefined])).toEqual([
    ['split', true, true],
    ['drop', false, false],
  ]);
  expect(items[1]!.subMenuProps!.items.map(({ key }) => key)).toEqual(['group divider', 'group', 'two']);
});

test('commands below a drop-down stand in its menu', () => {
  const items = commandItems(
    [command('more'), command('one', { parentId: 'more', functionName: 'Orchard.one' })],
    () => target,
  );
  expect(items.map(({ key }) => key)).toEqual(['more']);
  expect(items[0]!.onClick).toBeUndefined();
  expect(items[0]!.subMenuProps!.items.map(({ key }) => key)).toEqual(['one']);
});
