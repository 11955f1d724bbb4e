import { type FormModel } from '../../emulator/web-host/client/form/form-model.ts';
import { FormSession } from '../../emulator/web-host/client/form/form-session.ts';
import { readFormXml } from '../../emulator/web-host/client/form/form-xml.ts';
import type { Column, Table } from '../../emulator/web-host/client/web-api/metadata.ts';

/** A column as the metadata tells of it; a text unless said otherwise. */
export const aClientColumn = (name: string, more: Partial<Column> = {}): Column => ({
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

export const aClientTable = (columns: readonly Column[]): Table => ({
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
  typeCode: 10042,
  columns: new Map(columns.map((one) => [one.name, one])),
  navigation: (name) => name,
  childColumn: () => undefined,
});

const kinds = [
  { value: 1, label: 'Apple' },
  { value: 2, label: 'Pear' },
];
const table = aClientTable([
  aClientColumn('name', { maxLength: 100 }),
  aClientColumn('height', { type: 'Integer', minValue: 0, maxValue: 500, precision: 0 }),
  aClientColumn('kind', { type: 'Picklist', options: kinds }),
  aClientColumn('colours', { type: 'Virtual', options: kinds }),
  aClientColumn('planted', { type: 'DateTime', format: 'DateOnly', isDateOnly: true }),
  aClientColumn('felled', {
    type: 'Boolean',
    options: [
      { value: 0, label: 'No' },
      { value: 1, label: 'Yes' },
    ],
  }),
  aClientColumn('owner', { type: 'Lookup', targets: ['account'] }),
]);

const cell = (control: string) => `<row><cell id="c${control.length}">${control}</cell></row>`;
const field = (name: string) => cell(`<control id="${name}" datafieldname="${name}"/>`);
const place = (id: string, classId: string) => cell(`<control id="${id}" classid="${classId}"/>`);

const form = `<form><tabs><tab name="first" id="t1"><labels><label description="First" languagecode="1033"/></labels><columns><column><sections><section name="details" id="s1"><rows>${['name', 'height', 'kind', 'colours', 'planted', 'felled', 'owner'].map(field).join('')}</rows></section></sections></column></columns></tab><tab name="second" id="t2"><labels><label description="Second" languagecode="1033"/></labels><columns><column><sections><section name="places" id="s2"><rows>${place('grid', '{E7A81278-8635-4D9E-8D4D-59480B391C5B}')}${place('timeline', '{06375649-C143-495E-A496-C962E5B4488E}')}${place('quick', '{5C5600E0-1D6E-4205-A272-BE80DA87FD42}')}${place('frame', '{FD2A7985-3187-444E-908D-6624B21F69C0}')}</rows></section></sections></column></columns></tab></tabs></form>`;

const user = { id: '0ad00000-0000-4000-8000-000000000099', name: 'Ada', email: 'ada@example.org' };

/** A form with a column of every type and a control of every kind, over no service. */
export function aForm(id?: string): { readonly session: FormSession; readonly model: FormModel } {
  const session = new FormSession(table, readFormXml(form), id, user, {
    created: () => undefined,
    close: () => undefined,
    openNew: () => undefined,
    forms: () => [{ id: 'f1', name: 'Tree', isCurrent: true, open: () => undefined }],
  });
  return { session, model: session.model };
}
