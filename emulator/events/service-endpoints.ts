import type { Dataverse, MessageCall, OrganizationService } from '../dataverse/index.ts';
import {
  readEndpoint,
  type BusinessEventSetup,
  type Endpoint,
  type EndpointType,
} from '../finance-operations/index.ts';
import type { Row } from '../query/index.ts';
import type { Database } from '../storage/database.ts';

export interface ServiceEndpointParts {
  readonly database: Database;
  readonly dataverse: Dataverse;
  readonly setup: BusinessEventSetup;
  readonly isLinked: () => boolean;
}

/** `contract` of a service endpoint, by the type of the endpoint in finance and operations; others have none. */
const contracts: Partial<Record<EndpointType, number>> = {
  AzureServiceBusQueue: 6,
  AzureServiceBusTopic: 5,
  AzureEventHub: 7,
  Http: 8,
  AzureEventGrid: 9,
};

/** Types of endpoints that are made in finance and operations when they are made in Dataverse: a webhook is not. */
const madeHere: Readonly<Record<number, { readonly type: EndpointType; readonly member: string }>> = {
  6: { type: 'AzureServiceBusQueue', member: 'queue' },
  5: { type: 'AzureServiceBusTopic', member: 'topic' },
  7: { type: 'AzureEventHub', member: 'eventHub' },
  9: { type: 'AzureEventGrid', member: 'url' },
};

/** Says that finance and operations has the endpoint, too. Decided: what stands in this column of the platform's own. */
const mark = '{"FinanceAndOperations":true}';

const hasUrl = ({ type }: Endpoint) => type === 'Http' || type === 'AzureEventGrid';

/**
 * Endpoints of finance and operations and service endpoints of Dataverse, kept equal both ways while the two are linked.
 *
 * Decided: an endpoint is known by its name on either side. That events travel through Dataverse shows nowhere: they are sent by the
 * same threads.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/managing-business-event-endpoints
 */
export function createServiceEndpoints(parts: ServiceEndpointParts) {
  const { database, dataverse, setup, isLinked } = parts;
  let isWriting = false;

  /** Runs what the steps below do not answer. */
  async function quietly(work: () => Promise<unknown>): Promise<void> {
    isWriting = true;
    try {
      await work();
    } finally {
      isWriting = false;
    }
  }

  /** Brings the rows of Dataverse to what finance and operations has. */
  async function synchronize(): Promise<void> {
    if (!isLinked() || dataverse.metadata.table('serviceendpoint') === undefined) return;
    const wanted = new Map(
      setup
        .endpoints()
        .filter(({ type }) => contracts[type] !== undefined)
        .map((one) => [one.name, one]),
    );
    const rows = database.all(
      'select serviceendpointid as id, name, path, url, runtimeintegrationproperties as mark from serviceendpoint',
    );
    await quietly(() =>
      database.transaction(async () => {
        for (const row of rows) {
          const endpoint = wanted.get(String(row['name']));
          wanted.delete(String(row['name']));
          if (endpoint === undefined && row['mark'] === mark)
            await dataverse.organization.delete('serviceendpoint', String(row['id']));
          else if (endpoint !== undefined && (row['mark'] !== mark || (row['url'] ?? row['path']) !== endpoint.target))
            await dataverse.organization.update('serviceendpoint', String(row['id']), columnsOf(endpoint));
        }
        for (const endpoint of wanted.values())
          await dataverse.organization.create('serviceendpoint', { ...columnsOf(endpoint), name: endpoint.name });
      }),
    );
  }

  const step = (
    message: string,
    stage: 20 | 40,
    run: (call: MessageCall, organization: OrganizationService) => Promise<void>,
  ) =>
    dataverse.registerStep({
      name: 'FinanceAndOperations.ServiceEndpoint',
      ...{ message, stage, table: 'serviceendpoint' },
      run: async (call, organization) => {
        if (isLinked() && !isWriting) await run(call, organization);
      },
    });

  step('Create', 40, async ({ id, after }, organization) => {
    const endpoint = endpointOf(after!);
    if (endpoint === undefined) return;
    setup.addEndpoint(endpoint);
    await quietly(() => organization.update('serviceendpoint', id, { runtimeintegrationproperties: mark }));
  });
  step('Update', 40, async ({ before, after }) => {
    if (before!['runtimeintegrationproperties'] !== mark) return;
    const name = String(before!['name']);
    const was = setup.endpoint(name);
    const is = endpointOf(after!);
    // A type that is used cannot be changed; one that is not is made anew.
    if (before!['contract'] !== after!['contract']) {
      setup.removeEndpoint(name);
      if (is !== undefined) setup.addEndpoint(is);
      return;
    }
    const renamed = String(after!['name']);
    if (renamed !== name && was !== undefined) setup.renameEndpoint(name, renamed);
    if (is !== undefined && is.target !== was?.target) setup.addEndpoint(is);
  });
  step('Delete', 20, async ({ before }) => {
    const name = String(before!['name']);
    if (before!['runtimeintegrationproperties'] === mark && setup.endpoint(name) !== undefined)
      setup.removeEndpoint(name);
  });

  return { synchronize };
}

const columnsOf = (endpoint: Endpoint): Row => ({
  contract: contracts[endpoint.type]!,
  connectionmode: 1,
  userclaim: 1,
  messageformat: 2,
  path: hasUrl(endpoint) ? null : endpoint.target,
  url: hasUrl(endpoint) ? endpoint.target : null,
  runtimeintegrationproperties: mark,
});

/** The endpoint a row stands for; undefined for a kind that stays in Dataverse. @throws Fault 400 for one that cannot be */
function endpointOf(row: Row): Endpoint | undefined {
  const kind = madeHere[Number(row['contract'])];
  if (kind === undefined) return undefined;
  const target = String((kind.member === 'url' ? row['url'] : row['path']) ?? '');
  return readEndpoint({ name: row['name'], type: kind.type, [kind.member]: target });
}
