import type { FinanceOperations } from '../finance-operations/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Clock } from '../kernel/index.ts';
import type { Alerts } from './alerts.ts';
import type { AsyncMaps } from './async-maps.ts';
import type { Companies } from './companies.ts';
import { companyColumnOf } from './companies.ts';
import { faults } from './faults.ts';
import type { ActiveMap } from './live.ts';
import type { MapLeg } from './map-definition.ts';
import { legName } from './row-key.ts';
import type { TableMap } from './table-map.ts';
import { defaultOf, transformOf } from './values.ts';

export interface ProjectParts {
  readonly financeOperations: FinanceOperations;
  readonly dataverseOrigin: () => string;
  readonly companies: Companies;
  readonly asyncMaps: AsyncMaps;
  readonly alerts: Pick<Alerts, 'settings'>;
  active(): readonly ActiveMap[];
}

/**
 * Keeps the rows by which finance and operations knows the maps that carry its changes: two for each, one for rows that are
 * written and one for rows that are deleted. A map that is stopped has none.
 *
 * Decided: which two rows they are (`IsDelete` tells), their names, and the form of `FieldMap` and `PartitionMap`: public
 * material names the columns alone. A map that is not Running is *Queueing*: its changes wait.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-troubleshooting-live-sync
 */
export async function recordProjects(parts: ProjectParts): Promise<void> {
  const companies = (await parts.companies.all()).filter(({ isEnabled }) => isEnabled).map(({ code }) => code);
  const projects: EntityRow[] = [];
  const partitions: EntityRow[] = [];
  const fields: EntityRow[] = [];
  const entities: string[] = [];
  for (const active of parts.active().filter(({ map }) => map.fieldNames.size > 0)) {
    const shared = active.map.isCompanyBound ? companies : [];
    entities.push(active.map.entity.name);
    for (const IsDelete of ['No', 'Yes']) {
      const ProjectName = projectName(active.map, IsDelete === 'Yes');
      projects.push({ ...projectOf(active, shared, parts), ProjectName, IsDelete });
      fields.push(...fieldsOf(active.map.leg, ProjectName));
      for (const code of shared) partitions.push({ ProjectName, ExternalCompanyName: code, InternalCompanyName: code });
    }
  }
  parts.financeOperations.dualWriteProjects.record({ projects, partitions, fields, entities });
}

const fieldsOf = ({ fieldMappings }: MapLeg, ProjectName: string): EntityRow[] =>
  fieldMappings.map((one, index) => ({
    ...{ ProjectName, Line: index + 1, InternalFieldName: one.sourceField, ExternalFieldName: one.destinationField },
    ExternalLookupEntityName: one.destinationLookupFieldRelatedEntity ?? '',
    SyncDirection: one.syncDirection,
    ValueMap: JSON.stringify(transformOf(one) ?? {}),
    DefaultValue: defaultOf(one) ?? '',
  }));

/** Name of the row for what is written, or deleted, by a leg. */
export function projectName({ definition, legIndex }: TableMap, isDelete: boolean): string {
  const leg = definition.mapping.legs.length === 1 ? '' : ` ${legName(legIndex)}`;
  return `${definition.displayName}${leg}${isDelete ? ' Delete' : ''}`;
}

/**
 * Whether finance and operations sends a change of a map: it does while it has the row of its project.
 *
 * Decided: a row that leads to another environment fails the save with *Unable to sync*.
 *
 * @throws Fault that undoes the save when the row leads nowhere
 */
export function requireProject(
  map: TableMap,
  isDelete: boolean,
  {
    financeOperations,
    dataverseOrigin,
    clock,
  }: Pick<ProjectParts, 'financeOperations' | 'dataverseOrigin'> & { readonly clock: Clock },
): boolean {
  const row = financeOperations.dualWriteProjects.project(projectName(map, isDelete));
  if (row === undefined) return false;
  const url = String(row['ExternalEnvironmentUrl']);
  if (url === dataverseOrigin()) return true;
  const { name } = map.entity;
  const set = map.leg.destinationSchema;
  if (URL.canParse(url)) throw faults.refusedByDataverse(set, name, `Unable to sync with entity ${set}.`);
  const reason = url === '' ? 'The URI is empty.' : 'The format of the URI could not be determined.';
  throw faults.noPayload(name, clock.now().toISOString().replace('Z', '0000Z'), `Invalid URI: ${reason}`);
}

function projectOf(
  { map, state }: ActiveMap,
  companies: readonly string[],
  { dataverseOrigin, alerts, asyncMaps }: ProjectParts,
): EntityRow {
  const { leg } = map;
  const toDataverse = leg.fieldMappings.filter(({ syncDirection }) => syncDirection !== 2);
  return {
    InternalEntityName: leg.sourceSchema,
    ExternalEntityName: leg.destinationSchema,
    ExternalLogicalEntityName: map.table.logicalName,
    ExternalEnvironmentUrl: dataverseOrigin(),
    Status: state.status === 'Running' ? 'Enabled' : 'Queueing',
    AsyncMode: asyncMaps.has(state.map) ? 'RequiredAsync' : 'None',
    IntegrationKey: keyOfMap(map),
    FieldMap: JSON.stringify(
      Object.fromEntries(toDataverse.map(({ sourceField, destinationField }) => [destinationField, sourceField])),
    ),
    PartitionMap: JSON.stringify(Object.fromEntries(companies.map((code) => [code, code]))),
    QueryFilterExpression: leg.sourceFilter,
    DualWriteAlertSettings: JSON.stringify(alerts.settings(state.map)),
  };
}

/** Columns of the integration key as the page shows them: `accountnumber,msdyn_company.cdm_companycode`. */
function keyOfMap({ integrationKey, isCompanyBound, table }: TableMap): string {
  const company = isCompanyBound ? [`${companyColumnOf(table.columns) ?? ''}.cdm_companycode`] : [];
  return [...integrationKey.map(({ mapping }) => mapping.destinationField), ...company].join(',');
}
