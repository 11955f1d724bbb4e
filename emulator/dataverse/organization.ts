import type { Clock } from '../kernel/index.ts';
import type { Database } from '../storage/index.ts';
import { blockedAttachments } from './files/blocked-attachments.ts';
import { stableId } from './metadata/stable-id.ts';
import { installDefaultSolutions, putComponent, type ImportPlatform } from './solution-import/index.ts';

const systemAdministrator = '627090ff-40a3-4053-8790-584edc5be201';

/** Languages that the platform's own tables have labels in: English and German. */
export const languages: readonly number[] = [1033, 1031];

export const rootUnitId = stableId('businessunit', 'root');
export const systemUserId = stableId('systemuser', 'SYSTEM');

/** What every environment has from its first moment: organisation, root business unit and its team, base currency, SYSTEM. */
export function installOrganization(
  platform: ImportPlatform & { readonly clock: Clock; readonly database: Database },
): void {
  const { database } = platform;
  if (database.get('select 1 from organization') !== undefined) return;
  const currency = { table: 'transactioncurrency', id: stableId('transactioncurrency', 'USD') };
  const organizationid = stableId('organization', 'local');
  const unit = { table: 'businessunit', id: rootUnitId };
  putComponent(platform, 'transactioncurrency', {
    transactioncurrencyid: currency.id,
    isocurrencycode: 'USD',
    currencyname: 'US Dollar',
    currencysymbol: '$',
    currencyprecision: 2,
    exchangerate: 1,
  });
  putComponent(platform, 'organization', {
    organizationid,
    name: 'Local',
    languagecode: 1033,
    basecurrencyid: currency,
    basecurrencysymbol: '$',
    baseisocurrencycode: 'USD',
    blockedattachments: blockedAttachments.join(';'),
    expirechangetrackingindays: 7,
    isexternalsearchindexenabled: true,
  });
  putComponent(platform, 'businessunit', {
    businessunitid: rootUnitId,
    name: 'Local',
    organizationid: { table: 'organization', id: organizationid },
  });
  putComponent(platform, 'systemuser', {
    systemuserid: systemUserId,
    fullname: 'SYSTEM',
    lastname: 'SYSTEM',
    domainname: '',
    businessunitid: unit,
    isdisabled: false,
    accessmode: 3,
  });
  putComponent(platform, 'team', {
    teamid: stableId('team', 'root'),
    name: 'Local',
    businessunitid: unit,
    isdefault: true,
    teamtype: 0,
    administratorid: { table: 'systemuser', id: systemUserId },
  });
  installDefaultSolutions(platform);
  database.run('update role set businessunitid = ?', [rootUnitId]);
  pair(platform, 'systemuserroles', { systemuserid: systemUserId, roleid: systemAdministrator });
}

/** A row of an intersect table; the same pair twice is one row. */
export function pair(platform: ImportPlatform, table: string, values: Readonly<Record<string, string>>): void {
  const key = platform.catalogue.table(table)!.primaryId;
  putComponent(platform, table, { [key]: stableId(table, ...Object.values(values)), ...values });
}

export interface NewUser {
  readonly email: string;
  readonly fullName: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly roles: readonly string[];
  readonly teams?: readonly string[];
}

/** Adds a user with roles and teams by name. @throws Error naming the role or team that is not there */
export function addUser(platform: ImportPlatform, user: NewUser): string {
  const systemuserid = stableId('systemuser', user.email);
  const unit = { table: 'businessunit', id: rootUnitId };
  putComponent(platform, 'systemuser', {
    systemuserid,
    fullname: user.fullName,
    firstname: user.firstName ?? null,
    lastname: user.lastName ?? user.fullName,
    internalemailaddress: user.email,
    domainname: user.email,
    businessunitid: unit,
    isdisabled: false,
    accessmode: 0,
  });
  putComponent(platform, 'usersettings', {
    systemuserid,
    businessunitid: unit.id,
    uilanguageid: 1033,
    localeid: 1033,
    timezonecode: 92,
  });
  pair(platform, 'teammembership', { teamid: stableId('team', 'root'), systemuserid });
  for (const role of user.roles)
    pair(platform, 'systemuserroles', { systemuserid, roleid: idOf(platform, 'role', 'roleid', role) });
  for (const team of user.teams ?? [])
    pair(platform, 'teammembership', { teamid: idOf(platform, 'team', 'teamid', team), systemuserid });
  return systemuserid;
}

function idOf({ database }: ImportPlatform, table: string, key: string, name: string): string {
  const row = database.get(`select "${key}" as id from "${table}" where name = ?`, [name]);
  if (row === undefined) throw new Error(`There is no ${table} named '${name}'.`);
  return String(row['id']);
}
