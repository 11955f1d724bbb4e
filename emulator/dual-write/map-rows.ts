import type { Dataverse } from '../dataverse/index.ts';
import type { Condition, Row } from '../query/index.ts';
import { faults } from './faults.ts';
import type { MapDefinition } from './map-definition.ts';
import { runtimeTable, type SecureConfig } from './secure-config.ts';
import type { TableMap } from './table-map.ts';

/** The rows of Dataverse that hold the maps: one of `msdyn_dualwriteentitymap` for every saved version. */
export interface MapRows {
  /** Every version there is: of rows, and of shipped maps whose rows are not written yet. */
  all(): Promise<readonly MapDefinition[]>;
  /** @throws Fault 404 for a map or a version there is not */
  find(displayName: string, version: string | undefined): Promise<MapDefinition>;
  /** Writes the rows of the shipped maps. */
  install(): Promise<void>;
  save(definition: MapDefinition): Promise<void>;
  /** True of a map as it comes with the platform, unchanged. */
  isShipped(definition: MapDefinition): boolean;
  /**
   * Keeps the row by which Dataverse knows that a map runs with it as a source; takes it away when it stops.
   *
   * Decided: one row for each leg, since a row names one table.
   */
  recordRuntime(legs: readonly TableMap[], runs: boolean): Promise<void>;
}

const mapTable = 'msdyn_dualwriteentitymap';
const runtimeColumns = ['msdyn_name', 'msdyn_internalentityname', 'msdyn_externalentityname', 'msdyn_unsecure'];
const mapColumns = ['msdyn_name', 'msdyn_displayname', 'msdyn_version', 'msdyn_mapping', 'msdyn_properties'];

export function createMapRows(
  dataverse: Dataverse,
  shipped: readonly MapDefinition[],
  { organizationId }: Pick<SecureConfig, 'organizationId'>,
): MapRows {
  const { organization } = dataverse;
  const rowsOf = (table: string, columns: readonly string[], values: Readonly<Record<string, string>> = {}) => {
    const of = Object.entries(values).map(([column, right]): Condition => ({
      kind: 'compare',
      left: { column },
      operator: 'eq',
      right,
    }));
    return organization.retrieveMultiple({ table, columns, joins: [], order: [], filter: { kind: 'all', of } });
  };
  const isSame = (one: MapDefinition, other: MapDefinition) => one.name === other.name && one.version === other.version;

  async function all(): Promise<readonly MapDefinition[]> {
    if (dataverse.metadata.table(mapTable) === undefined) return shipped;
    const saved = (await rowsOf(mapTable, mapColumns)).flatMap((row) => readRow(row) ?? []);
    return [
      ...shipped.map((one) => saved.find((other) => isSame(one, other)) ?? one),
      ...saved.filter((one) => !shipped.some((other) => isSame(one, other))),
    ];
  }

  async function save(definition: MapDefinition): Promise<void> {
    await organization.create(mapTable, {
      msdyn_name: definition.name,
      msdyn_displayname: definition.displayName,
      msdyn_version: definition.version,
      msdyn_mapping: JSON.stringify(definition.mapping),
      msdyn_properties: JSON.stringify(definition.properties),
    });
  }

  return {
    all,
    save,
    async find(displayName, version) {
      const named = (await all()).filter((one) => one.displayName === displayName);
      const found = version === undefined ? named[0] : named.find((one) => one.version === version);
      if (found === undefined)
        throw faults.unknownMap(version === undefined ? displayName : `${displayName}' in version '${version}`);
      return found;
    },
    async install() {
      const there = await rowsOf(mapTable, ['msdyn_name', 'msdyn_version']);
      for (const one of shipped)
        if (!there.some((row) => row['msdyn_name'] === one.name && row['msdyn_version'] === one.version))
          await save(one);
    },
    isShipped: (definition) =>
      shipped.some(
        (one) => isSame(one, definition) && JSON.stringify(one.mapping) === JSON.stringify(definition.mapping),
      ),
    async recordRuntime(legs, runs) {
      const { definition } = legs[0]!;
      const madeIn = await organizationId();
      const wanted = runs ? legs.filter((leg) => leg.columns.size > 0).map((leg) => runtimeRow(leg, madeIn)) : [];
      const there = (await rowsOf(runtimeTable, runtimeColumns)).filter((row) =>
        String(row['msdyn_name']).endsWith(`[${definition.displayName}]`),
      );
      const isSameRow = (one: Row) => (other: Row) => runtimeColumns.every((name) => one[name] === other[name]);
      for (const row of there)
        if (!wanted.some(isSameRow(row))) await organization.delete(runtimeTable, String(row[`${runtimeTable}id`]));
      const missing = wanted.filter((row) => !there.some(isSameRow(row)));
      for (const row of missing.filter((row, index) => missing.findIndex(isSameRow(row)) === index))
        await organization.create(runtimeTable, row);
    },
  };
}

/** A map from its row; undefined for a row whose JSON is none. Older versions wrote JSON text inside JSON. */
function readRow(row: Row): MapDefinition | undefined {
  const text = (name: string) => String(row[name] ?? '');
  try {
    const mapping = parsed(text('msdyn_mapping')) as MapDefinition['mapping'];
    const properties = (parsed(text('msdyn_properties') || '{}') ?? {}) as MapDefinition['properties'];
    const [, publisher = '', bracketed = ''] = /^(.*?)_?\[(.*)\]$/s.exec(text('msdyn_name')) ?? [];
    const displayName = text('msdyn_displayname') || bracketed;
    if (!Array.isArray(mapping?.legs)) return undefined;
    return { name: text('msdyn_name'), displayName, version: text('msdyn_version'), publisher, mapping, properties };
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function runtimeRow({ definition, table, leg }: TableMap, OrganizationId: string): Row {
  const [Major, Minor, Build, Revision] = definition.version.split('.').map(Number);
  return {
    msdyn_name: definition.name,
    msdyn_internalentityname: table.logicalName,
    msdyn_externalentityname: leg.sourceSchema,
    msdyn_unsecure: JSON.stringify({
      SourceEntityName: leg.destinationSchema,
      DestinationEntityName: leg.sourceSchema,
      EntityMapVersion: { Major, Minor, Build, Revision },
      OrganizationId,
    }),
  };
}
