import { FormModel } from '../../../../emulator/web-host/client/form/form-model';
import { saveForm, saveModes, type SaveHandlers } from '../../../../emulator/web-host/client/form/save-form';
import type { Column, Table } from '../../../../emulator/web-host/client/web-api/metadata';

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: 'String',
  label: name.toUpperCase(),
  isRequired: false,
  isPrimaryId: false,
  isPrimaryName: false,
  validForCreate: true,
  validForUpdate: true,
  maxLength: undefined,
  minValue: undefined,
  maxValue: undefined,
  precision: undefined,
  format: '',
  isDateOnly: false,
  targets: [],
  options: [],
  defaultValue: undefined,
  ...more,
});

const table: Table = {
  name: 'tree',
  schemaName: 'Tree',
  set: 'trees',
  label: 'Tree',
  collectionLabel: 'Trees',
  primaryId: 'treeid',
  primaryName: 'name',
  isVirtual: false,
  hasNotes: false,
  hasActivities: false,
  metadataId: 'm',
  typeCode: undefined,
  columns: new Map([column('name', { isRequired: true }), column('kind'), column('age')].map((one) => [one.name, one])),
  navigation: (name) => name,
  childColumn: () => undefined,
};

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

let sent: Sent[];
let refusal: { code: string; message: string } | undefined;
let row: Record<string, unknown>;

beforeEach(() => {
  sent = [];
  refusal = undefined;
  row = { treeid: 'id', name: 'Oak', kind: 'Quercus', age: '40' };
  globalThis.fetch = (async (url: string, { method = 'GET', body }: RequestInit = {}) => {
    sent.push({ method, url, body: body === undefined ? undefined : JSON.parse(String(body)) });
    if (method !== 'GET' && refusal !== undefined)
      return new Response(JSON.stringify({ error: refusal }), { status: 400 });
    if (method === 'PATCH') Object.assign(row, JSON.parse(String(body)));
    return method === 'GET' ? new Response(JSON.stringify(row)) : new Response(null, { status: 204 });
  }) as typeof fetch;
});

async function opened(): Promise<FormModel> {
  const model = new FormModel(table, 'id', ['name', 'kind', 'age'], { id: 'u', entityType: 'systemuser', name: 'U' });
  for (const name of ['name', 'kind'])
    model.controls.set(name, {
      id: name,
      column: name,
      label: name,
      isDisabled: false,
      isVisible: true,
      notifications: new Map(),
      kind: 'column',
      customControl: undefined,
      initialUrl: undefined,
      options: undefined,
      lookup: { targets: undefined, preSearch: [], filters: [] },
      onLostFocus: [],
    });
  await model.load();
  sent = [];
  return model;
}

const none: SaveHandlers = { onSave: [], onPostSave: [] };
const save = (model: FormModel, handlers: SaveHandlers = none) =>
  saveForm(model, handlers, (event) => event, saveModes.save);

test('sends only what has changed, then reads the row again', async () => {
  const model = await opened();
  model.setValue('kind', 'Acer');
  expect(await save(model)).toEqual({ kind: 'saved' });
  expect(sent.map(({ method, body }) => [method, body])).toEqual([
    ['PATCH', { kind: 'Acer' }],
    ['GET', undefined],
  ]);
  expect(model.isDirty).toBe(false);
});

test('a refusal keeps every value and is told to the handlers', async () => {
  const model = await opened();
  refusal = { code: '0x80040265', message: 'no' };
  model.setValue('kind', 'Acer');
  const told: unknown[] = [];
  const onPostSave = [(event: unknown) => told.push((event as { getSaveErrorInfo(): unknown }).getSaveErrorInfo())];
  const error = { message: 'no', errorCode: -2147220891 };
  expect(await save(model, { onSave: [], onPostSave })).toEqual({ kind: 'refused', error });
  expect(told).toEqual([error]);
  expect([model.attributes.get('kind')!.value, model.isDirty]).toEqual(['Acer', true]);
});

test('a handler can prevent the save; nothing is sent', async () => {
  const model = await opened();
  model.setValue('kind', 'Acer');
  const onSave = [(event: unknown) => (event as { preventDefault(): void }).preventDefault()];
  expect(await save(model, { onSave, onPostSave: [] })).toEqual({ kind: 'prevented' });
  expect(sent).toEqual([]);
});

test('an error at a control and an empty required column keep it from being sent; a recommendation does not', async () => {
  const model = await opened();
  model.setValue('name', null);
  model.controls.get('kind')!.notifications.set('n', { level: 'ERROR', text: 'wrong' });
  expect(await save(model)).toEqual({
    kind: 'blocked',
    reasons: ['NAME : Required fields must be filled in.', 'kind : wrong'],
  });
  expect(sent).toEqual([]);
  model.setValue('name', 'Ash');
  model.controls.get('kind')!.notifications.set('n', { level: 'RECOMMENDATION', text: 'try again' });
  expect((await save(model)).kind).toBe('saved');
});

test('columns a script leaves out are not sent, those it always sends are', async () => {
  const model = await opened();
  model.setValue('kind', 'Acer');
  model.attributes.get('kind')!.submitMode = 'never';
  model.attributes.get('age')!.submitMode = 'always';
  await save(model);
  expect(sent[0]!.body).toEqual({ age: '40' });
});

test('what is changed while the save is under way stays a change of the row', async () => {
  const model = await opened();
  model.setValue('kind', 'Acer');
  const onPostSave = [() => undefined];
  const plain = globalThis.fetch;
  globalThis.fetch = (async (...given: Parameters<typeof fetch>) => {
    if (given[1]?.method === 'PATCH') model.setValue('kind', 'Acer c');
    return plain(...given);
  }) as typeof fetch;
  expect((await save(model, { onSave: [], onPostSave })).kind).toBe('saved');
  const { value, initial, isDirty } = model.attributes.get('kind')!;
  expect({ value, initial, isDirty }).toEqual({ value: 'Acer c', initial: 'Acer', isDirty: true });
});

test('a column that is being edited is neither sent nor read over', async () => {
  const model = await opened();
  model.setValue('kind', 'Acer');
  model.setValue('age', '4');
  const outcome = await saveForm(model, none, (event) => event, saveModes.autoSave, 'age');
  expect(outcome.kind).toBe('saved');
  expect(sent[0]!.body).toEqual({ kind: 'Acer' });
  expect([model.attributes.get('age')!.value, model.isDirty]).toEqual(['4', true]);
});
