/** @jest-environment jsdom */
import { commandItems } from '../../../../emulator/web-host/client/commands/command-items';
import type { AppCommand } from '../../../../emulator/web-host/client/commands/app-commands';
import {
  argumentsOf,
  gridControl,
  type CommandTarget,
} from '../../../../emulator/web-host/client/commands/command-target';

const form = { isForm: true };
const target: CommandTarget = {
  table: 'tree',
  typeCode: 10001,
  primaryIds: ['a1'],
  selectedIds: ['b1', 'b2'],
  primaryControl: form,
  selectedControl: form,
};

test.each([
  [1, 10001],
  [2, 'tree'],
  [3, ['{A1}']],
  [4, '{A1}'],
  [5, form],
  [8, 'tree'],
  [10, '{B1}'],
  [12, form],
  [23, ['{B1}', '{B2}']],
  [
    24,
    [
      { Id: '{B1}', TypeName: 'tree', Name: '' },
      { Id: '{B2}', TypeName: 'tree', Name: '' },
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
  const none = { ...target, primaryIds: [], selectedIds: [] };
  expect(argumentsOf(none, [{ type: 4 }, { type: 10 }, { type: 23 }])).toEqual([null, null, []]);
});

test('a grid knows its selected rows and reads them again', () => {
  const refresh = jest.fn();
  const grid = gridControl('tree', ['b1'], refresh) as {
    getGrid(): {
      getSelectedRows(): { getLength(): number; get(at: number): { data: { entity: { getId(): string } } } };
    };
    refresh(): void;
  };
  const rows = grid.getGrid().getSelectedRows();
  expect([rows.getLength(), rows.get(0).data.entity.getId()]).toEqual([1, '{B1}']);
  grid.refresh();
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('commands below a drop-down stand in its menu', () => {
  const command = (id: string, more: Partial<AppCommand> = {}): AppCommand => ({
    id,
    label: id,
    tooltip: undefined,
    icon: undefined,
    isDisabled: false,
    parentId: undefined,
    functionName: undefined,
    library: undefined,
    parameters: [],
    ...more,
  });
  const items = commandItems(
    [command('more'), command('one', { parentId: 'more', functionName: 'Orchard.one' })],
    () => target,
  );
  expect(items.map(({ key }) => key)).toEqual(['more']);
  expect(items[0]!.onClick).toBeUndefined();
  expect(items[0]!.subMenuProps!.items.map(({ key }) => key)).toEqual(['one']);
});
