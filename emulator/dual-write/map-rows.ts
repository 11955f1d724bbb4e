import type { Dataverse } from '../dataverse/index.ts';
import type { Condition, Row } from '../query/index.ts';
import type { MapDefinition } from './map-definition.ts';
import type { TableMap } from './table-map.ts';

/** Keeps the rows by which Dataverse knows its maps: a row for every version, and one for each map that runs. */
export async function recordMaps(
  dataverse: Dataverse,
  maps: readonly MapDefinition[],
  running: ReadonlyMap<string, TableMap>,
): Promise<void> {
  for (const map of maps) await recordVersion(dataverse, map);
  const wanted = new Map([...running.values()].map((map) => [map.definition.displayName, map]));
  const there = await rowsOf(dataverse, 'msdyn_dualwriteruntimeconfig', ['msdyn_name']);
  for (const row of there)
    await dataverse.organization.delete('msdyn_dualwriteruntimeconfig', String(row['msdyn_dualwriteruntimeconfigid']));
  for (const map of wanted.values())
    await dataverse.organization.create('msdyn_dualwriteruntimeconfig', runtimeRow(map));
}

async function recordVersion(dataverse: Dataverse, map: MapDefinition): Promise<void> {
  const of: Condition[] = [
    { kind: 'compare', left: { column: 'msdyn_name' }, operator: 'eq', right: map.name },
    { kind: 'compare', left: { column: 'msdyn_version' }, operator: 'eq', right: map.version },
  ];
  const [found] = await dataverse.organization.retrieveMultiple({
    table: 'msdyn_dualwriteentitymap',
    columns: ['msdyn_name'],
    joins: [],
    order: [],
    filter: { kind: 'all', of },
  });
  if (found !== undefined) return;
  await dataverse.organization.create('msdyn_dualwriteentitymap', {
    msdyn_name: map.name,
    msdyn_displayname: map.displayName,
    msdyn_version: map.version,
    msdyn_mapping: JSON.stringify(map.mapping),
    msdyn_properties: JSON.stringify(map.properties),
  });
}

function runtimeRow({ definition, table, leg }: TableMap): Row {
  const [Major, Minor, Build, Revision] = definition.version.split('.').map(Number);
  return {
    msdyn_name: definition.name,
    msdyn_internalentityname: table.logicalName,
    msdyn_externalentityname: leg.sourceSchema,
    msdyn_unsecure: JSON.stringify({
      SourceEntityName: leg.destinationSchema,
      DestinationEntityName: leg.sourceSchema,
      EntityMapVersion: { Major, Minor, Build, Revision },
    }),
  };
}

const rowsOf = ({ organization }: Dataverse, table: string, columns: readonly string[]) =>
  organization.retrieveMultiple({ table, columns, joins: [], order: [] });
