import { quoted } from '../shared/odata-text';
import { textOf, type Row, type RowReader } from '../shared/rows';
import type { Consequence, Effect } from './model';

/** External names of the options of choice columns, by column and number. */
export type ExternalNames = ReadonlyMap<string, ReadonlyMap<number, string>>;

export interface ConsequenceReader {
  readonly reader: RowReader;
  /** Numbers and labels of an enum of finance and operations differ by environment and language; its symbols do not. */
  readonly externalNames: (table: string, columns: readonly string[]) => Promise<ExternalNames>;
}

const customerParameters = 'mserp_customerparametersentity';
const creditParameters = 'mserp_credmanparametersentity';
const approval = ['mserp_changeproposalisenabled', 'mserp_changeproposaldataentitybehavior'] as const;
const editing = 'mserp_creditlimitallowmanualediting';

/**
 * What an approval will do: the parameters of the company that stand between the limit and the customer, and the
 * environment's limits of what one person, and anybody, may approve. What cannot be read is not known, and does not stop anybody.
 */
export async function readConsequence(company: string, given: ConsequenceReader): Promise<Consequence> {
  const [effect, variables] = await Promise.all([
    readEffect(company, given).catch((): Effect => 'notKnown'),
    readVariables(given.reader).catch(() => undefined),
  ]);
  return { effect, secondAbove: variables?.get(secondAbove), highest: variables?.get(highest) };
}

async function readEffect(company: string, given: ConsequenceReader): Promise<Effect> {
  const [customers, credit] = await Promise.all([
    symbolsOf(customerParameters, approval, company, given),
    symbolsOf(creditParameters, [editing], company, given),
  ]);
  if (credit(editing) === 'No') return 'refused';
  if (customers(approval[0]) !== 'Yes') return 'appliedAtOnce';
  const effects: Record<string, Effect> = {
    AllowWithoutApproval: 'appliedAtOnce',
    CreateChangeProposal: 'proposed',
    RejectChanges: 'refused',
  };
  return effects[customers(approval[1])] ?? 'notKnown';
}

/** The enum symbols a company's row of parameters holds. */
async function symbolsOf(
  table: string,
  columns: readonly string[],
  company: string,
  { reader, externalNames }: ConsequenceReader,
): Promise<(column: string) => string> {
  const query = `?$select=${columns.join(',')}&$filter=mserp_dataareaid eq ${quoted(company)}&$top=1`;
  const [answer, names] = await Promise.all([
    reader.retrieveMultipleRecords(table, query),
    externalNames(table, columns),
  ]);
  const row: Row = answer.entities[0] ?? {};
  return (column) => names.get(column)?.get(Number(row[column])) ?? '';
}

const secondAbove = 'fno_RepresentativeLimit';
const highest = 'fno_HighestLimit';

/** Numbers of the environment, by schema name: the current value, else the default. */
async function readVariables(reader: RowReader): Promise<Map<string, number>> {
  const values = 'environmentvariabledefinition_environmentvariablevalue';
  const query =
    `?$select=schemaname,defaultvalue&$filter=schemaname eq '${secondAbove}' or schemaname eq '${highest}'` +
    `&$expand=${values}($select=value)`;
  const { entities } = await reader.retrieveMultipleRecords('environmentvariabledefinition', query);
  const found = entities.map((definition): [string, string] => {
    const [value] = (definition[values] as readonly Row[] | undefined) ?? [];
    return [textOf(definition, 'schemaname'), (value && textOf(value, 'value')) || textOf(definition, 'defaultvalue')];
  });
  return new Map(
    found.flatMap(([name, text]) => (text === '' || Number.isNaN(Number(text)) ? [] : [[name, Number(text)]])),
  );
}
