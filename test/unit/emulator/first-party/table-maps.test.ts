import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  childText,
  install,
  optionValues,
  root,
  type Installed,
  type InstalledColumn,
  type InstalledTable,
} from './installed-tables.ts';

interface FieldMapping {
  readonly sourceField: string;
  readonly destinationField: string;
  readonly destinationLookupFieldRelatedEntity?: string;
  readonly syncDirection: 1 | 2 | 3;
  readonly valueTransforms: readonly {
    readonly transformType: string;
    readonly valueMap?: Record<string, string>;
    readonly defaultValue?: string;
  }[];
}
interface TableMap {
  readonly displayName: string;
  readonly version: string;
  readonly mapping: {
    readonly legs: readonly {
      readonly destinationSchema: string;
      readonly sourceFilter: string;
      readonly reversedSourceFilter: string;
      readonly fieldMappings: readonly FieldMapping[];
    }[];
  };
}

const folder = join(root, 'msdyn_DualWriteCore/maps');
const maps = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as TableMap);
const cases = maps.map((map) => [`${map.displayName} ${map.version}`, map] as const);
let installed: Installed;
beforeAll(async () => {
  installed = await install();
});

const tableBySet = (set: string) => [...installed.tables.values()].find((table) => table.set === set);

/** Follows `lookup.column` or `lookup.Table(column)` to the column it ends at. */
function resolve(table: InstalledTable, field: FieldMapping): InstalledColumn | undefined {
  const [first, step] = field.destinationField.split('.');
  if (step === undefined) return table.columns.get(first!);
  const lookup = table.columns.get(first!);
  const [, schemaName, named] = /^(\w+)\((\w+)\)$/.exec(step) ?? [];
  const target =
    schemaName === undefined
      ? tableBySet(field.destinationLookupFieldRelatedEntity ?? '')
      : [...installed.tables.values()].find((one) => one.schemaName === schemaName);
  const second = named ?? step;
  const joins = installed.relationships.some(
    (one) =>
      childText(one, 'ReferencingEntityName') === table.schemaName &&
      childText(one, 'ReferencingAttributeName') === lookup?.schemaName &&
      childText(one, 'ReferencedEntityName') === target?.schemaName,
  );
  return joins ? target!.columns.get(second) : undefined;
}

test.each(cases)('%s maps to columns that exist, through lookups that lead there', (_, map) => {
  const [leg] = map.mapping.legs;
  const table = tableBySet(leg!.destinationSchema)!;
  const mapped = leg!.fieldMappings.filter((field) => field.destinationField !== '');
  expect(mapped.filter((field) => resolve(table, field) === undefined)).toEqual([]);
});

test.each(cases)('%s transforms to values its columns know', (_, map) => {
  const [leg] = map.mapping.legs;
  const table = tableBySet(leg!.destinationSchema)!;
  for (const field of leg!.fieldMappings) {
    const column = field.destinationField === '' ? undefined : resolve(table, field);
    const values = field.valueTransforms.flatMap((one) =>
      one.valueMap === undefined ? [one.defaultValue!] : Object.values(one.valueMap),
    );
    if (column?.type === 'bit') expect(values.every((value) => ['True', 'False'].includes(value))).toBe(true);
    if (column?.type === 'picklist')
      expect(values.filter((value) => !optionValues(installed, column).includes(value))).toEqual([]);
  }
});

test('every map has one source for each destination and a direction', () => {
  for (const map of maps) {
    const fields = map.mapping.legs[0]!.fieldMappings;
    const targets = fields.map((field) => field.destinationField).filter((name) => name !== '');
    expect(new Set(targets).size).toBe(targets.length);
    expect(fields.every((field) => [1, 2, 3].includes(field.syncDirection))).toBe(true);
    expect(
      fields.every(
        (field) => field.sourceField !== '' || field.valueTransforms.some((one) => one.transformType === 'Default'),
      ),
    ).toBe(true);
  }
});

test('the account map exists in both address generations', () => {
  const destinations = (version: string) =>
    maps
      .find((map) => map.displayName === 'accounts - Customers V3' && map.version === version)!
      .mapping.legs[0]!.fieldMappings.map((field) => field.destinationField);
  expect(destinations('1.0.0.4')).toEqual(
    expect.arrayContaining(['address1_line1', 'address2_line1', 'creditlimit', 'msdyn_partynumber']),
  );
  expect(destinations('1.0.0.5')).toEqual(expect.arrayContaining(['creditlimit', 'msdyn_partyid.msdyn_partynumber']));
  expect(destinations('1.0.0.5').filter((name) => /^address\d|^name$/.test(name))).toEqual([]);
});
