import type { RunningDataverse } from './dataverse/index.ts';
import type { FinanceOperations } from './finance-operations/index.ts';
import { readJson, request } from './kernel/index.ts';

type IsLinked = () => boolean;

/** Dataverse, whose steps run while it is linked: what dual-write registers is without effect when it is not. */
export function dataverseWhileLinked(dataverse: RunningDataverse, isLinked: IsLinked): RunningDataverse {
  const registerStep: RunningDataverse['registerStep'] = (step) =>
    dataverse.registerStep({
      ...step,
      run: async (...given) => {
        if (isLinked()) await step.run(...given);
      },
    });
  return Object.assign(Object.create(dataverse) as RunningDataverse, { registerStep });
}

/** Finance and operations, whose changes are told to dual-write while it is linked. */
export function financeOperationsWhileLinked(service: FinanceOperations, isLinked: IsLinked): FinanceOperations {
  const beforeCommit: FinanceOperations['beforeCommit'] = (listener) =>
    service.beforeCommit(async (...told) => {
      if (isLinked()) await listener(...told);
    });
  return { ...service, beforeCommit };
}

/** What a user may do on either side, as far as linking asks for it. */
export function createStanding(dataverse: RunningDataverse, financeOperations: FinanceOperations) {
  return async (email: string) => {
    const filter = encodeURIComponent(`internalemailaddress eq '${email.replaceAll("'", "''")}'`);
    const url = `/api/data/v9.2/systemusers?$select=fullname&$filter=${filter}&$expand=systemuserroles_association($select=name)`;
    const { value } = readJson(await dataverse.handle(request('GET', url))) as { value: UserWithRoles[] };
    const roles = value.flatMap((user) => user.systemuserroles_association.map(({ name }) => name));
    const headers = { authorization: `Bearer ${email}`, 'x-ms-virtual-entity': '1' };
    const { status } = await financeOperations.handle(request('GET', '/data/LegalEntities?$top=1', headers));
    return { isAdministrator: roles.includes('System Administrator'), isLicensed: status === 200 };
  };
}

interface UserWithRoles {
  readonly systemuserroles_association: readonly { readonly name: string }[];
}
