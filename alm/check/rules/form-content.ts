import {
  attribute,
  child,
  children,
  childText,
  descendants,
  elements,
  text,
  type XmlElement,
} from '../../../packaging/index.ts';
import { plainId, repeated, valuesOf, type Checked, type Form } from '../checked.ts';
import { controlsOf, propertiesOf } from '../controls.ts';
import type { Complaint, Rule } from '../rule.ts';
import { isManyToMany, viewIdsOf } from './views.ts';

const fieldsOf = (node: XmlElement) => [...descendants(node, 'control')];
const descriptionsOf = (node: XmlElement) => [...descendants(node, 'controlDescription')];
const customClass = 'f9a8a302-114e-466a-b582-6771b2ae0d92';

/** Kinds of column a control of a class may show. Classes that are not listed may show anything. */
const classes: Readonly<Record<string, readonly string[]>> = {
  '4273edbd-ac1d-40d3-9fb2-095c621b552d': ['nvarchar'],
  'e0dece4b-6fc8-4a8f-a065-082708572369': ['ntext', 'nvarchar'],
  '270bd3db-d9af-4782-9025-509e298dec0a': ['lookup', 'owner', 'customer', 'primarykey', 'partylist'],
  '3ef39988-22bb-4f0b-bbbe-64b5a3748aee': ['picklist', 'state', 'status', 'bit'],
  '5d68b988-0661-4db2-bc3e-17598ad3be6c': ['status'],
  '4aa28ab7-9c13-4f57-a73d-ad894d048b5f': ['multiselectpicklist'],
  '67fac785-cd58-4f9f-abb3-4b7ddc6ed5ed': ['bit'],
  'b0c6723a-8503-4fd7-bb28-c8a06ac933c2': ['bit'],
  '5b773807-9fb2-42db-97c3-7a91eff8adff': ['datetime'],
  'c6d124ca-7eda-4a60-aea9-7fb8d318b68f': ['int', 'bigint'],
  'c3efe0c3-0ec6-42be-8349-cbd9079dfd8e': ['decimal'],
  '0d2c745a-e5a8-4c8f-ba63-c6d3bb604660': ['float'],
  '533b9e00-756b-4312-95a0-dc888637ac78': ['money'],
  '71716b6c-711e-476c-8ab8-5d11542bfb47': ['nvarchar'],
  '0a7ff475-b016-4687-9ce5-042bfdbd6519': ['file'],
};

/** What stands on forms. */
export const formContentRules: readonly Rule[] = [
  {
    id: 'form-ids',
    severity: 'error',
    code: '0x80048007',
    fails: 'The import of the form stops: two of its tabs, sections or cells have one id.',
    mend: 'Give each an id of its own.',
    *check({ forms }) {
      for (const { at, node } of forms) {
        const ids = ['tab', 'section', 'cell'].flatMap((name) => valuesOf(node, name, 'id'));
        for (const id of repeated(ids.map(plainId))) yield { at, message: `Two parts have the id ${id}.`, node };
      }
    },
  },
  {
    id: 'form-column',
    severity: 'error',
    code: '0x80048007',
    fails: 'The import of the form stops: a field shows, or an event waits for, a column that does not exist.',
    mend: 'Correct datafieldname or attribute, or add the column.',
    *check(solution) {
      for (const { at, node, table } of solution.forms) {
        const named = [
          ...fieldsOf(node).map((one) => [one, 'datafieldname'] as const),
          ...[...descendants(node, 'event')].map((one) => [one, 'attribute'] as const),
        ];
        for (const [one, name] of named) {
          const column = attribute(one, name) ?? '';
          if (column !== '' && solution.lacksColumn(table, column))
            yield { at, message: `${table.logicalName} has no column '${column}'.`, node: one };
        }
      }
    },
  },
  {
    id: 'form-class',
    severity: 'error',
    code: '0x80048007',
    fails: 'The field shows an error in the form: its class is made for another type of column.',
    mend: "Give the control the classid of the column's type.",
    *check({ forms }) {
      // Cards the platform makes show moments in the class of lookups.
      for (const { at, node, table } of forms.filter(({ type }) => type !== 'card'))
        for (const field of fieldsOf(node)) {
          const column = table.columns.get((attribute(field, 'datafieldname') ?? '').toLowerCase());
          const allowed = classes[plainId(attribute(field, 'classid'))];
          const type = childText(column, 'Type');
          if (column !== undefined && allowed !== undefined && !allowed.includes(type))
            yield {
              at,
              message: `The class of '${attribute(field, 'id')}' is for ${allowed[0]}, the column is ${type}.`,
              node: field,
            };
        }
    },
  },
  {
    id: 'form-control-missing',
    severity: 'error',
    code: '0x80160000',
    fails: 'The import of the form stops: a custom control it shows is not in the package.',
    mend: 'Add the control to the solution, or correct its name.',
    *check(solution) {
      const known = new Set(controlsOf(solution).map(({ name }) => name));
      for (const table of solution.tables)
        for (const node of descendants(table.node, 'customControl')) {
          const name = attribute(node, 'name') ?? '';
          if (!known.has(name) && solution.lacks(name))
            yield { at: `table ${table.logicalName}`, message: `There is no control '${name}'.`, node };
        }
    },
  },
  {
    id: 'form-control-description',
    severity: 'error',
    code: '0x80048007',
    fails: 'The control is not shown: uniqueid of the field and forControl of the description do not meet.',
    mend: 'Give each described field a uniqueid of its own, and its description the same forControl.',
    *check({ forms }) {
      for (const { at, node } of forms) {
        const fields = new Set(valuesOf(node, 'control', 'uniqueid').map(plainId));
        const described = descriptionsOf(node).map((one) => ({ one, id: plainId(attribute(one, 'forControl')) }));
        for (const { one, id } of described.filter(({ id }) => id !== '' && !fields.has(id)))
          yield { at, message: `No field has the uniqueid ${id} of a control description.`, node: one };
        for (const id of repeated(described.map((one) => one.id)))
          yield { at, message: `Two descriptions are for ${id}.`, node };
      }
    },
  },
  {
    id: 'form-control-class',
    severity: 'error',
    code: '0x80048007',
    fails: "The platform's own field is shown instead of the control: only one class draws custom controls.",
    mend: 'Give the field the classid {F9A8A302-114E-466A-B582-6771B2AE0D92}.',
    *check({ forms }) {
      for (const { at, node } of forms) {
        const described = new Set(
          descriptionsOf(node)
            .filter((one) => valuesOf(one, 'customControl', 'name').length > 0)
            .map((one) => plainId(attribute(one, 'forControl'))),
        );
        for (const field of fieldsOf(node)) {
          const isDescribed = described.has(plainId(attribute(field, 'uniqueid')));
          if (isDescribed && plainId(attribute(field, 'classid')) !== customClass)
            yield {
              at,
              message: `'${attribute(field, 'id')}' has the class ${attribute(field, 'classid')}.`,
              node: field,
            };
        }
      }
    },
  },
  {
    id: 'form-control-parameter',
    severity: 'error',
    code: '0x80048007',
    fails:
      'The control does not start: a property its manifest requires is not given, or a constant does not fit its type.',
    mend: 'Give each required property a column or a constant of its type.',
    *check(solution) {
      const manifests = new Map(controlsOf(solution).map(({ name, manifest }) => [name, manifest]));
      for (const { at, node } of solution.forms)
        for (const one of descendants(node, 'customControl')) {
          const manifest = manifests.get(attribute(one, 'name') ?? '');
          if (manifest === undefined) continue;
          for (const message of parameterProblems(one, manifest))
            yield { at, message: `${attribute(one, 'name')}: ${message}`, node: one };
        }
    },
  },
  {
    id: 'form-control-factors',
    severity: 'warning',
    code: '',
    fails: 'Nothing at import; on the devices left out the platform shows its own control.',
    mend: 'Describe the control for the form factors 0, 1 and 2.',
    *check({ forms }) {
      for (const { at, node } of forms)
        for (const description of descriptionsOf(node)) {
          const factors = children(description, 'customControl').flatMap((one) => attribute(one, 'formFactor') ?? []);
          const left = ['0', '1', '2'].filter((factor) => !factors.includes(factor));
          if (factors.length > 0 && left.length > 0)
            yield {
              at,
              message: `A control is not described for the form factor ${left.join(', ')}.`,
              node: description,
            };
        }
    },
  },
  {
    id: 'subgrid-target',
    severity: 'error',
    code: '0x80048007',
    fails: 'The import of the form stops, or the subgrid stays empty: table, view or relationship does not exist.',
    mend: 'Correct TargetEntityType, ViewId and RelationshipName; the relationship leads from that table to this one.',
    *check(solution) {
      for (const form of solution.forms)
        for (const field of fieldsOf(form.node).filter((one) => attribute(one, 'indicationOfSubgrid') === 'true'))
          yield* subgridProblems(form, field, solution);
    },
  },
];

function* parameterProblems(control: XmlElement, manifest: XmlElement): Generator<string> {
  const given = elements(child(control, 'parameters') ?? control).filter((one) => one.name !== 'parameters');
  const named = (name: string) => given.find((one) => one.name === name);
  for (const [name, property] of propertiesOf(manifest, 'property')) {
    const value = named(name);
    if (value === undefined && attribute(property, 'required') === 'true')
      yield `the required property '${name}' is not given.`;
    if (value !== undefined && attribute(value, 'static') === 'true' && !fitsType(text(value), property))
      yield `'${text(value).slice(0, 40)}' is no ${attribute(property, 'of-type')} for '${name}'.`;
  }
  const sets = given.filter((one) => one.name === 'data-set').map((one) => attribute(one, 'name'));
  for (const name of propertiesOf(manifest, 'data-set').keys())
    if (!sets.includes(name)) yield `the data set '${name}' is not given.`;
}

function fitsType(value: string, property: XmlElement): boolean {
  const type = attribute(property, 'of-type') ?? '';
  if (value === '') return true;
  if (type === 'Whole.None') return /^-?\d+$/.test(value);
  if (type === 'Decimal' || type === 'FP' || type === 'Currency') return /^-?\d+(\.\d+)?$/.test(value);
  if (type === 'TwoOptions') return /^(true|false|0|1)$/i.test(value);
  // The name of the value or, in older forms, the value itself.
  const known = children(property, 'value').flatMap((one) => [attribute(one, 'name') ?? '', text(one)]);
  return type !== 'Enum' || known.length === 0 || known.includes(value);
}

function* subgridProblems(form: Form, field: XmlElement, solution: Checked): Generator<Complaint> {
  const parameters = child(field, 'parameters');
  const target = childText(parameters, 'TargetEntityType');
  const say = (message: string) => ({
    at: form.at,
    message: `Subgrid '${attribute(field, 'id')}': ${message}`,
    node: field,
  });
  if (solution.lacksTable(target)) yield say(`there is no table '${target}'.`);
  const table = solution.table(target);
  const view = plainId(childText(parameters, 'ViewId'));
  if (table?.isNew === true && view !== '' && !viewIdsOf(table, solution).has(view) && !solution.isElsewhere(view))
    yield say(`${target} has no view ${view}.`);
  const name = childText(parameters, 'RelationshipName');
  const relationship = solution.relationships.find(
    (one) => attribute(one, 'Name')?.toLowerCase() === name.toLowerCase(),
  );
  if (name === '') return;
  if (relationship === undefined) {
    if (solution.lacks(name)) yield say(`there is no relationship '${name}'.`);
  } else if (!isBetween(relationship, form.table.logicalName, target.toLowerCase()))
    yield say(`'${name}' does not lead from ${target} to ${form.table.logicalName}.`);
}

function isBetween(relationship: XmlElement, here: string, target: string): boolean {
  const end = (name: string) => childText(relationship, name).toLowerCase();
  const [first, second] = isManyToMany(relationship)
    ? ['FirstEntityName', 'SecondEntityName']
    : ['ReferencedEntityName', 'ReferencingEntityName'];
  const isStraight = end(first!) === here && end(second!) === target;
  return isStraight || (isManyToMany(relationship) && end(first!) === target && end(second!) === here);
}
