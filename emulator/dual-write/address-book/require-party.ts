import { Fault } from '../../kernel/index.ts';
import type { MessageCall, OrganizationService } from '../../dataverse/index.ts';
import type { Lookup } from '../../query/index.ts';
import { findMany } from './find-many.ts';
import { isParent } from './purposes.ts';

/**
 * An address is one of a party: that of the account or contact it is made for.
 *
 * Decided: how the published sentence ends.
 *
 * @throws Fault 0x80040265 for an address of nobody
 */
export async function requireParty({ target }: MessageCall, organization: OrganizationService): Promise<void> {
  const parent = target['parentid'] as Lookup | null | undefined;
  const row = isParent(parent) ? await organization.retrieve(parent.table, parent.id, ['msdyn_partyid']) : undefined;
  if (row?.['msdyn_partyid']) return;
  throw new Fault(
    'addressWithoutParty',
    { code: '0x80040265', status: 400 },
    'You cannot create a new customer address from here. Please use the Account/Contact form of a row that has a party.',
  );
}

/**
 * A party is one account of a relationship type in a company.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-troubleshooting-live-sync
 * @throws Fault 0x80040265
 */
export async function requireFreeParty(
  { id, target, before }: MessageCall,
  organization: OrganizationService,
): Promise<void> {
  const names = ['customertypecode', 'msdyn_company', 'msdyn_partyid'];
  if (!names.some((name) => name in target)) return;
  const values = Object.fromEntries(names.map((name) => [name, (name in target ? target : before)?.[name] ?? null]));
  if (Object.values(values).includes(null)) return;
  const others = (await findMany(organization, 'account', [], values)).filter(({ accountid }) => accountid !== id);
  if (others.length > 0)
    throw new Fault(
      'partyInUse',
      { code: '0x80040265', status: 400 },
      'Party is already used to create an account in the company specified',
    );
}
