import { request, type HttpHandler } from '../../kernel/index.ts';
import type { FlowRuntimeParts } from '../contract.ts';
import { createAnswers } from './answers.ts';
import { createApprovalStore } from './approval-store.ts';
import { connectorsFrom, type Connectors } from './connectors.ts';
import { withFaultRules } from './injected-faults.ts';
import { ownConnectors } from './own-connectors.ts';
import { createServiceClient } from './service-client.ts';
import { createWaits } from './waits.ts';

/**
 * The connectors flows reach, stubs and injected faults included, and what people answer through them.
 *
 * @param handle takes calls back to the runtime's own addresses
 */
export function createConnectors(parts: FlowRuntimeParts, handle: HttpHandler) {
  const { database, work, outbox, dataverseOrigin, financeOperationsOrigin, connectionUser: user } = parts;
  const dataverse = createServiceClient(
    'Dataverse',
    () => `${dataverseOrigin()}/api/data/v9.2/`,
    () => `${dataverseOrigin()}/api/`,
  );
  const tell = async (url: string, body: object) => {
    const { pathname, search } = new URL(url);
    await handle(request('POST', pathname + search, { 'content-type': 'application/json' }, JSON.stringify(body)));
  };
  const approvals = createApprovalStore(parts);
  const waits = createWaits(database, tell);
  const own = connectorsFrom(
    ownConnectors({
      dataverse,
      dataverseOrigin,
      tableOfSet: parts.tableOfSet ?? (() => undefined),
      financeOperations: createServiceClient('Finance and operations', () => `${financeOperationsOrigin()}/data/`),
      businessEvents: parts.businessEvents,
      outbox,
      approvals,
      waits,
      tell: (url, body) => work.start('a mail that came', () => tell(url, body)),
      user,
    }),
  );
  return {
    dataverse,
    connectors: withFaultRules(
      parts.faultRules,
      (milliseconds) => work.asleep(parts.clock.sleep(milliseconds)),
      joined(own, parts.stubs),
    ),
    approvals,
    resume: () => waits.resume(),
    answers: createAnswers({ ...parts, outbox, approvals, waits, dataverse, owner: () => user(undefined) }),
  };
}

const joined = (first: Connectors, second: Connectors | undefined): Connectors => ({
  find: (api, operation) => first.find(api, operation) ?? second?.find(api, operation),
});
