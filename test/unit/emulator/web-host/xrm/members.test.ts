/** @jest-environment jsdom */
import { join } from 'node:path';
import ts from 'typescript';
import { GridState } from '../../../../../emulator/web-host/client/list/grid-state';
import { xrm } from '../../../../../emulator/web-host/client/xrm/global';
import { missingMembers } from '../../../../../emulator/web-host/client/xrm/missing-members';
import { gridControl } from '../../../../../emulator/web-host/client/xrm/grid';
import { aForm } from '../../../../support/a-form';

/** Interfaces of the typings, by name below `Xrm.`, with their members. */
function readTypings(): Map<string, string[]> {
  const file = join(__dirname, '../../../../../node_modules/@types/xrm/index.d.ts');
  const program = ts.createProgram([file], { types: [], noLib: true });
  const checker = program.getTypeChecker();
  const found = new Map<string, string[]>();
  const walk = (node: ts.Node, prefix: string): void =>
    ts.forEachChild(node, (one) => {
      if (ts.isModuleDeclaration(one) && one.body !== undefined) walk(one.body, `${prefix}${one.name.getText()}.`);
      if (!ts.isInterfaceDeclaration(one)) return;
      const members = checker.getTypeAtLocation(one).getProperties();
      found.set(
        `${prefix}${one.name.text}`.replace(/^Xrm\./, ''),
        members.map(({ name }) => name),
      );
    });
  walk(program.getSourceFile(file)!, '');
  return found;
}

const typings = readTypings();

type Any = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the client API as scripts see it
const form = aForm('0ad00000-0000-4000-8000-000000000001').session.formContext as Any;
const context = (xrm as Any).Utility.getGlobalContext();
const grid = new GridState();
Object.assign(grid, { table: 'tree', primaryId: 'treeid', primaryName: 'name', rows: [{ treeid: 'a', name: 'Oak' }] });
const rows = (gridControl(grid) as Any).getGrid().getRows();

let given: Any;
form.getAttribute('name').addOnChange((event: Any) => (given = event));
form.getAttribute('name').fireOnChange();

/** What scripts get for each interface. */
const there: Readonly<Record<string, Any>> = {
  XrmStatic: xrm,
  FormContext: form,
  Data: form.data,
  Entity: form.data.entity,
  Ui: form.ui,
  'Attributes.StringAttribute': form.getAttribute('name'),
  'Attributes.NumberAttribute': form.getAttribute('height'),
  'Attributes.OptionSetAttribute': form.getAttribute('kind'),
  'Attributes.MultiSelectOptionSetAttribute': form.getAttribute('colours'),
  'Attributes.DateAttribute': form.getAttribute('planted'),
  'Attributes.BooleanAttribute': form.getAttribute('felled'),
  'Attributes.LookupAttribute': form.getAttribute('owner'),
  'Controls.StandardControl': form.getControl('name'),
  'Controls.DateControl': form.getControl('planted'),
  'Controls.OptionSetControl': form.getControl('kind'),
  'Controls.LookupControl': form.getControl('owner'),
  'Controls.GridControl': form.getControl('grid'),
  'Controls.TimelineWall': form.getControl('timeline'),
  'Controls.QuickFormControl': form.getControl('quick'),
  'Controls.IframeControl': form.getControl('frame'),
  'Controls.Grid': form.getControl('grid').getGrid(),
  'Controls.Grid.GridRow': rows.get(0),
  'Controls.Grid.GridRowData': rows.get(0).getData(),
  'Controls.Grid.GridEntity': rows.get(0).getData().getEntity(),
  'Controls.ViewSelector': (gridControl(grid) as Any).getViewSelector(),
  'Controls.Tab': form.ui.tabs.get('first'),
  'Controls.Section': form.ui.tabs.get('first').sections.get('details'),
  'Controls.HeaderSection': form.ui.headerSection,
  'Controls.FormSelector': form.ui.formSelector,
  'Controls.FormItem': form.ui.formSelector.getCurrentItem(),
  'Events.EventContext': given,
  'Collection.ItemCollection': form.ui.controls,
  Navigation: (xrm as Any).Navigation,
  Utility: (xrm as Any).Utility,
  App: (xrm as Any).App,
  Encoding: (xrm as Any).Encoding,
  Device: (xrm as Any).Device,
  Panel: (xrm as Any).Panel,
  WebApi: (xrm as Any).WebApi,
  WebApiOnline: (xrm as Any).WebApi.online,
  GlobalContext: context,
  ClientContext: context.client,
  OrganizationSettings: context.organizationSettings,
  UserSettings: context.userSettings,
  DateFormattingInfo: context.userSettings.dateFormattingInfo,
};

test.each(Object.keys(there))('%s: every member of the typings is there, or missing by name', (name) => {
  const members = typings.get(name)!;
  const missing = missingMembers[name] ?? [];
  expect(members.filter((member) => !(member in there[name]) && !missing.includes(member))).toEqual([]);
  expect(missing.filter((member) => !members.includes(member) || member in there[name])).toEqual([]);
  for (const member of missing)
    expect(() => there[name][member]).toThrow(`the member '${member}' of the client API is not emulated.`);
});

test('nothing is called missing that belongs to no interface looked at', () => {
  expect(Object.keys(missingMembers).filter((name) => there[name] === undefined)).toEqual([]);
});
