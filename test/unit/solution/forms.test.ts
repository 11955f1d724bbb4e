import {
  attribute,
  child,
  childText,
  children,
  descend,
  descendants,
  elements,
  parseXml,
  text,
  type SolutionPackage,
  type XmlElement,
} from '../../../packaging/index.ts';
import { install, type Installed } from '../emulator/first-party/installed-tables.ts';
import { formsOf, parts, readSolution, repeated, tableOf, valuesOf, viewsOf } from './our-solution.ts';

const drawnByControl = '{F9A8A302-114E-466A-B582-6771B2AE0D92}';

let solution: SolutionPackage;
let platform: Installed;
beforeAll(async () => void ([solution, platform] = await Promise.all([readSolution(), install()])));

/** Logical names of the columns of a table: the platform's and ours. */
function columnsOf(table: string): Set<string> {
  const ours = [...descendants(tableOf(solution, table), 'attribute')].map((one) => childText(one, 'LogicalName'));
  return new Set([...(platform.tables.get(table)?.columns.keys() ?? []), ...ours].filter((name) => name !== ''));
}

const accountForm = () => formsOf(solution).find(({ table }) => table === 'Account')!.form;

test('every table of ours has its three forms, and the account one new form', () => {
  const forms = formsOf(solution).map(({ table, kind }) => `${table} ${kind}`);
  expect(forms.sort()).toEqual([
    'Account main',
    'Incident main',
    'fno_addresschange card',
    'fno_addresschange main',
    'fno_addresschange quick',
    'fno_creditlimitrequest card',
    'fno_creditlimitrequest main',
    'fno_creditlimitrequest quick',
    'fno_eventlog card',
    'fno_eventlog main',
    'fno_eventlog quick',
  ]);
});

test('ids are unique in each form', () => {
  for (const { form, id } of formsOf(solution)) {
    const ids = ['tab', 'section', 'cell', 'header'].flatMap((name) => valuesOf(descendants(form, name), 'id'));
    const controls = valuesOf(descendants(form, 'control'), 'id');
    expect({ id, again: [...repeated(ids), ...repeated(controls)] }).toEqual({ id, again: [] });
    expect(ids.length).toBeGreaterThan(controls.length);
  }
});

test('forms and views show columns that exist', () => {
  for (const { table, form } of formsOf(solution)) {
    const shown = valuesOf(descendants(form, 'control'), 'datafieldname');
    expect(shown.filter((name) => !columnsOf(table).has(name))).toEqual([]);
  }
  for (const { table, view } of viewsOf(solution)) {
    const fetch = descend(view, 'fetchxml', 'fetch', 'entity')!;
    const read = valuesOf(children(fetch, 'attribute'), 'name');
    const used = ['condition', 'order'].flatMap((name) => valuesOf(descendants(fetch, name), 'attribute'));
    expect([...read, ...used].filter((name) => !columnsOf(table).has(name))).toEqual([]);
    expect(valuesOf(descendants(view, 'cell'), 'name').filter((name) => !read.includes(name))).toEqual([]);
    expect(attribute(fetch, 'name')).toBe(table.toLowerCase());
  }
});

test('a control of ours on a form and its description name each other, for every client', () => {
  const form = accountForm();
  const drawn = [...descendants(form, 'control')].filter((one) => attribute(one, 'uniqueid') !== undefined);
  const described = [...descendants(form, 'controlDescription')];
  expect(drawn).toHaveLength(3);
  expect(drawn.every((one) => attribute(one, 'classid') === drawnByControl)).toBe(true);
  expect(valuesOf(drawn, 'uniqueid').sort()).toEqual(valuesOf(described, 'forControl').sort());
  for (const one of described) {
    const clients = children(one, 'customControl').filter((client) => attribute(client, 'name') !== undefined);
    expect(valuesOf(clients, 'formFactor')).toEqual(['0', '1', '2']);
    expect(new Set(clients.map((client) => JSON.stringify(parametersOf(client)))).size).toBe(1);
  }
});

const parametersOf = (control: XmlElement) =>
  elements(child(control, 'parameters')!).map((one) => ({
    name: one.name,
    isStatic: attribute(one, 'static') === 'true',
    value: text(one),
  }));

test('parameters of a control are properties of its manifest, and no required one is left out', () => {
  const controls = parts(solution, 'CustomControls', 'CustomControl').map((one) => childText(one, 'Name'));
  const used = parts(solution, 'Entities', 'Entity').flatMap((entity) =>
    [...descendants(entity, 'customControl')]
      .filter((one) => attribute(one, 'name') !== undefined)
      .map((control) => ({ control, table: childText(entity, 'Name') })),
  );
  const names = used.map(({ control }) => attribute(control, 'name')!);
  expect([...new Set(names)].sort()).toEqual([...controls].sort());
  for (const { control, table } of used) {
    const name = attribute(control, 'name')!;
    const path = `Controls/${name}/ControlManifest.xml`;
    const manifest = parseXml(solution.files.get(path)!, path);
    const properties = new Map([...descendants(manifest, 'property')].map((one) => [attribute(one, 'name')!, one]));
    const [dataSets, parameters] = [true, false].map((isDataSet) =>
      parametersOf(control).filter((one) => (one.name === 'data-set') === isDataSet),
    ) as [ReturnType<typeof parametersOf>, ReturnType<typeof parametersOf>];
    expect(dataSets).toHaveLength([...descendants(manifest, 'data-set')].length);
    const names = parameters.map((one) => one.name);
    expect(names.filter((one) => !properties.has(one))).toEqual([]);
    expect([...properties].filter(([one, node]) => attribute(node, 'required') === 'true' && !names.includes(one))).toEqual([]);
    const bound = parameters.filter((one) => attribute(properties.get(one.name), 'usage') === 'bound');
    expect(bound.filter((one) => one.isStatic || !columnsOf(table).has(one.value))).toEqual([]);
  }
});

test('the columns the sync status compares exist on both sides', () => {
  const twin = platform.tables.get('mserp_custcustomerv3entity')!.columns;
  const [pairs] = [...descendants(accountForm(), 'columns')].map(text).filter((value) => value.includes('='));
  for (const [here = '', there = ''] of pairs!.split(';').map((pair) => pair.split('='))) {
    expect({ here, known: columnsOf('Account').has(here) }).toEqual({ here, known: true });
    expect({ there, known: twin.has(there) }).toEqual({ there, known: true });
  }
});

test('libraries are web resources of the solution, and every handler runs from one', () => {
  const resources = parts(solution, 'WebResources', 'WebResource').map((one) => childText(one, 'Name'));
  const scripted = formsOf(solution).filter(({ form }) => [...descendants(form, 'Handler')].length > 0);
  for (const { form } of scripted) {
    const libraries = valuesOf(descendants(form, 'Library'), 'name');
    const handlers = [...descendants(form, 'Handler')];
    expect(libraries.filter((name) => !resources.includes(name))).toEqual([]);
    expect(valuesOf(handlers, 'libraryName').filter((name) => !libraries.includes(name))).toEqual([]);
    expect(valuesOf(handlers, 'passExecutionContext')).toEqual(handlers.map(() => 'true'));
    expect(repeated(valuesOf(handlers, 'handlerUniqueId'))).toEqual([]);
  }
  expect(
    Object.fromEntries(
      scripted.map(({ table, form }) => [table, valuesOf(descendants(form, 'Handler'), 'functionName')]),
    ),
  ).toEqual({
    Account: ['FnO.Account.onLoad', 'FnO.Account.onSave'],
    Incident: ['FnO.Incident.onLoad', 'FnO.Incident.onSave'],
    fno_creditlimitrequest: ['FnO.Creditlimitrequest.onLoad'],
  });
});

test('a subgrid shows a view of its table over a relationship of the table of the form', () => {
  const grids = formsOf(solution).flatMap(({ table, form }) =>
    [...descendants(form, 'control')]
      .filter((one) => attribute(one, 'indicationOfSubgrid') === 'true')
      .map((grid) => ({ table, grid })),
  );
  expect(grids.length).toBeGreaterThan(1);
  for (const { table, grid } of grids) {
    const setting = (name: string) => childText(child(grid, 'parameters'), name);
    const view = viewsOf(solution).find((one) => childText(one.view, 'savedqueryid') === setting('ViewId'));
    const relationship = parts(solution, 'EntityRelationships', 'EntityRelationship').find(
      (one) => attribute(one, 'Name') === setting('RelationshipName'),
    );
    expect(view?.table).toBe(setting('TargetEntityType'));
    expect(childText(relationship, 'ReferencedEntityName')).toBe(table);
    expect(childText(relationship, 'ReferencingEntityName')).toBe(setting('TargetEntityType'));
  }
});

test('quick and card forms run no script', () => {
  const silent = formsOf(solution).filter(({ kind }) => kind !== 'main');
  expect(silent.flatMap(({ form }) => [...descendants(form, 'events'), ...descendants(form, 'formLibraries')])).toEqual([]);
});
