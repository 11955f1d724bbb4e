import type { Lookup, Row } from '../../query/index.ts';
import { readRow, readRows, type Database, type Shapes } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';

interface Surroundings {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
}

/** Parts a party takes in a mail, as `participationtypemask` counts them. */
const roles = { 1: 'from', 2: 'to', 3: 'cc', 4: 'bcc' } as const;

export interface MailParty {
  readonly address: string;
  readonly party: Lookup | null;
}

export type MailParties = Readonly<Record<(typeof roles)[keyof typeof roles], readonly MailParty[]>>;

/** Columns of a party's row that hold its address, the first that is filled. */
const addressColumns: Readonly<Record<string, readonly string[]>> = {
  account: ['emailaddress1', 'emailaddress2', 'emailaddress3'],
  contact: ['emailaddress1', 'emailaddress2', 'emailaddress3'],
  systemuser: ['internalemailaddress'],
  queue: ['emailaddress'],
};

/** Who sends and who gets a mail. @throws Fault 0x80040203 for a party without an address, or one that wants no mail */
export function mailParties(mailId: string, around: Surroundings): MailParties {
  const found: Record<string, MailParty[]> = { from: [], to: [], cc: [], bcc: [] };
  const rows = readRows(
    around.database,
    {
      table: 'activityparty',
      columns: ['partyid', 'addressused', 'participationtypemask'],
      joins: [],
      order: [{ column: 'activitypartyid', descending: false }],
      filter: { kind: 'compare', left: { column: 'activityid' }, operator: 'eq', right: mailId },
    },
    around.shapes,
  );
  for (const { columns } of rows) {
    const role = roles[Number(columns['participationtypemask']) as keyof typeof roles];
    if (role !== undefined) found[role]!.push(readParty(columns, role, around));
  }
  return found as unknown as MailParties;
}

function readParty(row: Row, role: string, around: Surroundings): MailParty {
  const party = row['partyid'] as Lookup | null;
  const other = party === null ? undefined : rowOf(party, around);
  const stated = row['addressused'];
  const known = addressColumns[party?.table ?? ''] ?? [];
  const address = stated ?? known.map((name) => other?.[name]).find((value) => value !== null && value !== undefined);
  const who = party === null ? 'A party' : `The ${party.table} with id ${party.id}`;
  if (typeof address !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(address))
    throw faults.invalidArgument(`${who} in '${role}' of the e-mail has no e-mail address.`);
  if (role !== 'from' && other?.['donotemail'] === true)
    throw faults.invalidArgument(`${who} in '${role}' of the e-mail does not allow e-mails.`);
  return { address, party };
}

const rowOf = ({ table, id }: Lookup, { database, shapes, metadata }: Surroundings) =>
  readRow(database, shapes(table), { [metadata.table(table)!.primaryId]: id });
