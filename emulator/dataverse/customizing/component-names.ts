import { readRow, type Database } from '../../storage/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import type { ColumnMetadata } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { componentType } from './solution-members.ts';

/** A component by its type and the id of what it is. */
export interface Component {
  readonly type: number;
  readonly id: string;
}

/** Component types whose components are rows: where they are, and what they are called. */
export const rowComponents: Readonly<Record<number, { readonly table: string; readonly what: string }>> = {
  [componentType.role]: { table: 'role', what: 'Role' },
  [componentType.view]: { table: 'savedquery', what: 'SavedQuery' },
  [componentType.workflow]: { table: 'workflow', what: 'Workflow' },
  [componentType.chart]: { table: 'savedqueryvisualization', what: 'SavedQueryVisualization' },
  [componentType.form]: { table: 'systemform', what: 'SystemForm' },
  [componentType.webResource]: { table: 'webresource', what: 'WebResource' },
  62: { table: 'sitemap', what: 'SiteMap' },
  66: { table: 'customcontrol', what: 'CustomControl' },
  70: { table: 'fieldsecurityprofile', what: 'FieldSecurityProfile' },
  80: { table: 'appmodule', what: 'AppModule' },
  [componentType.environmentVariable]: {
    table: 'environmentvariabledefinition',
    what: 'EnvironmentVariableDefinition',
  },
  [componentType.environmentVariableValue]: { table: 'environmentvariablevalue', what: 'EnvironmentVariableValue' },
};

export const keyId = (table: string, key: string) => stableId('key', table, key);

export const tableById = (catalogue: Catalogue, id: string): MutableTable | undefined =>
  [...catalogue.tables()].find((one) => one.metadataId === id);

export function columnById(
  catalogue: Catalogue,
  id: string,
): { readonly table: MutableTable; readonly column: ColumnMetadata } | undefined {
  for (const table of catalogue.tables())
    for (const column of table.columns.values()) if (column.metadataId === id) return { table, column };
  return undefined;
}

export function relationshipById(catalogue: Catalogue, id: string) {
  for (const table of catalogue.tables()) {
    const found = [...table.manyToOne, ...table.manyToMany].find((one) => one.metadataId === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a component is called, e.g. `Attribute`, and its name; undefined where there is no such component. */
export function describe(
  { catalogue, database }: { readonly catalogue: Catalogue; readonly database: Database },
  { type, id }: Component,
): { readonly what: string; readonly name: string } | undefined {
  switch (type) {
    case componentType.table: {
      const table = tableById(catalogue, id);
      return table && { what: 'Entity', name: table.logicalName };
    }
    case componentType.column: {
      const found = columnById(catalogue, id);
      return found && { what: 'Attribute', name: `${found.table.logicalName}.${found.column.logicalName}` };
    }
    case componentType.choice: {
      const choice = [...catalogue.globalChoices()].find((one) => one.metadataId === id);
      return choice && { what: 'OptionSet', name: choice.name };
    }
    case componentType.relationship: {
      const relationship = relationshipById(catalogue, id);
      return relationship && { what: 'EntityRelationship', name: relationship.schemaName };
    }
    case componentType.key: {
      for (const table of catalogue.tables()) {
        const key = table.keys.find((one) => keyId(table.logicalName, one.logicalName) === id);
        if (key !== undefined) return { what: 'EntityKey', name: `${table.logicalName}.${key.logicalName}` };
      }
      return undefined;
    }
    default:
      return describeRow(catalogue, database, { type, id });
  }
}

function describeRow(catalogue: Catalogue, database: Database, { type, id }: Component) {
  const known = rowComponents[type];
  const table = known === undefined ? undefined : catalogue.table(known.table);
  if (known === undefined || table === undefined) return undefined;
  const row = readRow(database, shapeOf(table), { [table.primaryId]: id }, [table.primaryName ?? table.primaryId]);
  if (row === undefined) return undefined;
  const name = String(row[table.primaryName ?? table.primaryId] ?? id);
  return { what: known.what, name: table.primaryName === undefined ? labelIn(table.label) : name };
}
