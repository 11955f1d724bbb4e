import type { Dataverse, MessageCall, OrganizationService } from '../../dataverse/index.ts';
import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import { findMany } from './find-many.ts';
import { tablesWithAddresses } from './purposes.ts';

const table = 'msdyn_partyelectronicaddress';

/** Columns of a type: in the electronic address → in the account or contact that shows the primary one of its party. */
interface Shown {
  /** Of `msdyn_electronicaddresstype`. */
  readonly type: number;
  readonly columns: Readonly<Record<string, string>>;
}

const ofType = (type: number, locator: string, description: string, extension?: string): Shown => ({
  type,
  columns: {
    msdyn_locator: locator,
    msdyn_description: description,
    ...(extension === undefined ? {} : { msdyn_locatorextension: extension }),
  },
});

/** Types a customer shows, by the columns the account map had for them before there was an address book. */
const shownTypes: readonly Shown[] = [
  ofType(192350001, 'telephone1', 'msdyn_telephone1description', 'msdyn_telephone1extension'),
  ofType(192350002, 'emailaddress1', 'msdyn_emailaddress1description'),
  ofType(192350003, 'websiteurl', 'msdyn_websiteurldescription'),
  ofType(192350005, 'fax', 'msdyn_faxdescription', 'msdyn_faxextension'),
  ofType(192350006, 'msdyn_primaryfacebookid', 'msdyn_primaryfacebookdescription'),
  ofType(192350007, 'primarytwitterid', 'msdyn_primarytwitteriddescription'),
  ofType(192350008, 'msdyn_primarylinkedinid', 'msdyn_primarylinkedindescrption'),
];

/** What is there of the columns; contacts have no Facebook, for one. */
function columnsIn(parent: string, { columns }: Shown, { metadata }: Pick<Dataverse, 'metadata'>) {
  const known = metadata.table(parent)?.columns;
  return Object.entries(columns).filter(([, column]) => known?.has(column) === true);
}

interface Primary {
  readonly id: string;
  readonly row: Row;
}

async function primariesOf(party: ColumnValue, type: number, organization: OrganizationService): Promise<Primary[]> {
  const asked = ['msdyn_locator', 'msdyn_locatorextension', 'msdyn_description'];
  const values = { msdyn_partyid: party, msdyn_type: type, msdyn_isprimary: true };
  return (await findMany(organization, table, asked, values)).map((row) => ({ id: String(row[`${table}id`]), row }));
}

/**
 * A party has one primary electronic address of a type, and its accounts and contacts show it.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/upgrade-party-gab
 */
export async function showElectronicAddress(
  { id, before, after }: MessageCall,
  organization: OrganizationService,
  dataverse: Dataverse,
): Promise<void> {
  if (isPrimary(after)) {
    const all = await primariesOf(after['msdyn_partyid']!, Number(after['msdyn_type']), organization);
    for (const other of all)
      if (other.id !== id) await organization.update(table, other.id, { msdyn_isprimary: false });
  }
  const places = new Map([before, after].filter(isPrimary).map((row) => [placeOf(row), row]));
  for (const row of places.values()) await showPrimary(row, organization, dataverse);
}

const isPrimary = (row: Row | undefined): row is Row => row?.['msdyn_isprimary'] === true && !!row['msdyn_partyid'];
const placeOf = (row: Row) => `${(row['msdyn_partyid'] as Lookup).id} ${String(row['msdyn_type'])}`;

/** Shows the primary address of a party, of the type of this row, in its accounts and contacts. */
async function showPrimary(row: Row, organization: OrganizationService, dataverse: Dataverse): Promise<void> {
  const shown = shownTypes.find(({ type }) => type === row['msdyn_type']);
  if (shown === undefined) return;
  const party = row['msdyn_partyid']!;
  const [primary] = await primariesOf(party, shown.type, organization);
  for (const parent of tablesWithAddresses) {
    const columns = columnsIn(parent, shown, dataverse);
    const values = Object.fromEntries(columns.map(([from, to]) => [to, primary?.row[from] ?? null]));
    for (const one of await findMany(organization, parent, Object.keys(values), { msdyn_partyid: party }))
      if (differs(one, values)) await organization.update(parent, String(one[`${parent}id`]), values);
  }
}

const differs = (row: Row, values: Row) =>
  Object.entries(values).some(([name, value]) => (row[name] ?? null) !== value);

/**
 * What is written to an account or contact is the primary electronic address of its party.
 *
 * Decided: a column that is emptied takes the address away; one a new row leaves empty does not.
 */
export async function toElectronicAddress(
  { before, after, target, table: { logicalName } }: MessageCall,
  organization: OrganizationService,
  dataverse: Dataverse,
): Promise<void> {
  const party = after?.['msdyn_partyid'] as Lookup | null | undefined;
  if (!party) return;
  for (const shown of shownTypes) {
    const given = columnsIn(logicalName, shown, dataverse).filter(([, column]) => column in target);
    if (given.length === 0) continue;
    const values = Object.fromEntries(given.map(([to, column]) => [to, after?.[column] ?? null]));
    const [current] = await primariesOf(party, shown.type, organization);
    const locator = 'msdyn_locator' in values ? values['msdyn_locator'] : current?.row['msdyn_locator'];
    if (current === undefined && locator)
      await organization.create(table, {
        ...{ msdyn_partyid: party, msdyn_type: shown.type, msdyn_isprimary: true, msdyn_locator: locator, ...values },
      });
    else if (current !== undefined && !locator && before !== undefined) await organization.delete(table, current.id);
    else if (current !== undefined && locator && differs(current.row, values))
      await organization.update(table, current.id, values);
  }
}

/** What a new account or contact shows of its party: the primary electronic addresses, where it brings none. */
export async function electronicColumnsOf(
  parent: string,
  given: Row,
  organization: OrganizationService,
  dataverse: Dataverse,
): Promise<Row> {
  const values: Row = {};
  for (const shown of shownTypes) {
    const columns = columnsIn(parent, shown, dataverse);
    if (columns.some(([, column]) => (given[column] ?? null) !== null)) continue;
    const [primary] = await primariesOf(given['msdyn_partyid']!, shown.type, organization);
    for (const [from, to] of columns) if (primary !== undefined) values[to] = primary.row[from] ?? null;
  }
  return values;
}
