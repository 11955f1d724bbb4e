import type { Lookup, Row } from '../../query/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { autoNumber, firstNumber, numberCounter } from './auto-number.ts';
import type { Counters } from './counters.ts';
import { isAllowedTransition } from './state-transitions.ts';

export const timestamp = (time: Date) => `${time.toISOString().slice(0, 19)}Z`;

interface Surroundings {
  readonly now: Date;
  readonly caller: Caller;
  readonly counters: Counters;
  /** Business unit of a user or team. @throws Fault when there is none */
  unitOf(owner: Lookup): string;
}

/** Fills what a new row gets without being asked: state, owner, times, defaults of choices, autonumbers. */
export function withCreateDefaults(
  table: TableMetadata,
  given: Row,
  { now, caller, counters, unitOf }: Surroundings,
): Row {
  const user: Lookup = { table: 'systemuser', id: caller.userId };
  const row: Row = { ...given };
  const fill = (name: string, value: Row[string]) => {
    if (table.columns.has(name) && row[name] === undefined) row[name] = value;
  };
  for (const column of table.columns.values()) {
    const { defaultValue, type, logicalName, autoNumberFormat } = column;
    if (row[logicalName] !== undefined) continue;
    if (autoNumberFormat !== undefined)
      row[logicalName] = autoNumber(
        autoNumberFormat,
        counters.next(numberCounter(table, logicalName), firstNumber),
        now,
      );
    else if (defaultValue !== undefined && type === 'boolean') row[logicalName] = defaultValue === 1;
    else if (defaultValue !== undefined && type === 'choice') row[logicalName] = defaultValue;
  }
  fill('createdon', row['overriddencreatedon'] ?? timestamp(now));
  fill('modifiedon', timestamp(now));
  fill('createdby', user);
  fill('modifiedby', user);
  if (caller.actingUser !== undefined) {
    fill('createdonbehalfby', { table: 'systemuser', id: caller.actingUser.userId });
    fill('modifiedonbehalfby', { table: 'systemuser', id: caller.actingUser.userId });
  }
  // Decided: teams, users and roles made without a business unit belong to that of who makes them.
  if (table.columns.get('businessunitid')?.requiredLevel === 'SystemRequired')
    fill('businessunitid', { table: 'businessunit', id: caller.businessUnitId });
  if (table.columns.get('administratorid')?.requiredLevel === 'SystemRequired') fill('administratorid', user);
  Object.assign(row, stateFor(table, row, undefined));
  if (table.columns.has('ownerid') && table.ownership === 'user')
    Object.assign(row, ownerColumns(table, (row['ownerid'] as Lookup | null | undefined) ?? user, unitOf));
  return row;
}

/** What assigning a row writes beside the owner. */
export function ownerColumns(table: TableMetadata, owner: Lookup, unitOf: Surroundings['unitOf']): Row {
  const columns: Row = {
    ownerid: owner,
    owninguser: owner.table === 'systemuser' ? owner : null,
    owningteam: owner.table === 'team' ? owner : null,
    owningbusinessunit: { table: 'businessunit', id: unitOf(owner) },
  };
  return Object.fromEntries(Object.entries(columns).filter(([name]) => table.columns.has(name)));
}

/**
 * State and status that go together: a state alone takes its default status, a status must belong to its state.
 *
 * @throws Fault 0x80048408
 */
export function stateFor(table: TableMetadata, row: Row, before: Row | undefined): Row {
  const states = table.columns.get('statecode')?.choice?.options;
  const statuses = table.columns.get('statuscode')?.choice?.options;
  if (states === undefined || statuses === undefined) return {};
  const { statecode, statuscode } = row;
  if (before !== undefined && statecode === undefined && statuscode === undefined) return {};
  const state = Number(statecode ?? before?.['statecode'] ?? states[0]!.value);
  const option = states.find((one) => one.value === state);
  const status = Number(statuscode ?? option?.defaultStatus ?? statuses.find((one) => one.state === state)?.value);
  if (!statuses.some((one) => one.value === status && one.state === state))
    throw faults.invalidStatus(status, state, table.logicalName);
  const from = before?.['statuscode'];
  if (typeof from === 'number' && !isAllowedTransition(table, from, status))
    throw faults.transitionRefused(from, status, table.logicalName);
  return { statecode: state, statuscode: status };
}
