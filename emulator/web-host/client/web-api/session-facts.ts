import { get, list } from './web-api';

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly entityType: string;
}

/** What scripts may ask of the environment and the user without a request of their own. */
export interface SessionFacts {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly baseCurrency: Named | undefined;
  readonly currency: Named | undefined;
  readonly isAutoSaveEnabled: boolean;
  readonly roles: readonly Named[];
}

/** Read once a page; what the user may not read is left empty. */
export async function readSessionFacts(userId: string): Promise<SessionFacts> {
  const [[organization], user] = await Promise.all([
    list('organizations?$select=organizationid,name,isautosaveenabled,_basecurrencyid_value').catch(() => []),
    get(
      `systemusers(${userId})?$select=_transactioncurrencyid_value&$expand=systemuserroles_association($select=name)`,
    ).catch(() => ({}) as Record<string, unknown>),
  ]);
  const roles = (user['systemuserroles_association'] ?? []) as { roleid: string; name: string }[];
  const baseCurrency = currencyOf(organization ?? {}, 'basecurrencyid');
  return {
    organizationId: String(organization?.['organizationid'] ?? ''),
    organizationName: String(organization?.['name'] ?? 'local').toLowerCase(),
    baseCurrency,
    currency: currencyOf(user, 'transactioncurrencyid') ?? baseCurrency,
    // On unless the environment says otherwise.
    isAutoSaveEnabled: organization?.['isautosaveenabled'] !== false,
    roles: roles.map(({ roleid, name }) => ({ id: roleid, name, entityType: 'role' })),
  };
}

function currencyOf(row: Record<string, unknown>, column: string): Named | undefined {
  const id = row[`_${column}_value`];
  if (typeof id !== 'string') return undefined;
  const name = String(row[`_${column}_value@OData.Community.Display.V1.FormattedValue`] ?? '');
  return { id, name, entityType: 'transactioncurrency' };
}
