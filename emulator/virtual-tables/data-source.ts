import type { MetadataCatalogue, OrganizationService } from '../dataverse/index.ts';
import type { Row } from '../query/index.ts';
import { dataProviderId, dataSourceId } from './data-source-ids.ts';

export interface DataSourceParts {
  readonly metadata: MetadataCatalogue;
  readonly organization: OrganizationService;
  /** Address of finance and operations. */
  readonly origin: () => string;
  readonly tenantId: string;
}

/** Rows that come and go with the link. */
export interface LinkedRows {
  appear(): Promise<void>;
  vanish(): Promise<void>;
}

/** Table of the data source, one row of which is the connection to finance and operations. */
const configuration = 'msdyn_financeandoperationsvirtualentity';
/** *PowerPlatformApplication*, which the link registers in finance and operations. */
const applicationId = '61a0518c-121a-421a-9ad6-f0955a88be43';
const name = 'Finance and Operations';

/**
 * The virtual entity data source *Finance and Operations* with its provider, as linking sets them up.
 *
 * Decided: names of the columns and of the provider; the link needs no secret, and none is shown. Who changes the row changes
 * nothing: what a linked environment connects to is the link's.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/admin-reference
 */
export function createDataSource({ metadata, organization, origin, tenantId }: DataSourceParts): LinkedRows {
  const values = (): Row => ({
    msdyn_targeturl: origin(),
    msdyn_oauthurl: 'https://login.windows.net/',
    msdyn_tenantid: tenantId,
    msdyn_aadapplicationid: applicationId,
    msdyn_aadresource: '00000015-0000-0000-c000-000000000000',
  });

  const rows = (): readonly { readonly table: string; readonly id: string; readonly row: Row }[] => [
    {
      table: 'entitydataprovider',
      id: dataProviderId,
      row: { name: 'Finance and Operations Virtual Data Provider', datasourcelogicalname: configuration },
    },
    {
      table: 'entitydatasource',
      id: dataSourceId,
      row: {
        name,
        entityname: configuration,
        entitydataproviderid: { table: 'entitydataprovider', id: dataProviderId },
        connectiondefinition: JSON.stringify(values()),
      },
    },
    { table: configuration, id: dataSourceId, row: { msdyn_name: name, ...values() } },
  ];
  const there = () => rows().filter(({ table }) => metadata.table(table) !== undefined);

  return {
    async appear() {
      for (const { table, id, row } of there()) {
        const found = await organization.retrieve(table, id, Object.keys(row));
        if (found === undefined) await organization.create(table, { [metadata.table(table)!.primaryId]: id, ...row });
        else if (Object.entries(row).some(([column, value]) => typeof value === 'string' && found[column] !== value))
          await organization.update(table, id, row);
      }
    },
    async vanish() {
      for (const { table, id } of [...there()].reverse())
        if ((await organization.retrieve(table, id, [])) !== undefined) await organization.delete(table, id);
    },
  };
}
