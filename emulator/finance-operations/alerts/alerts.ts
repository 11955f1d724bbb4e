import type { Condition } from '../../query/index.ts';
import type { EntityChange, EntityField, EntityRow } from '../contract.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import { base } from '../entities/base-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));

/** EventRule: what somebody wants to be alerted of. */
const ruleTable = base(
  'fno$alertrule',
  ['Name'],
  [...text('Name', 'Entity', 'Event', 'Field', 'Company', 'SendExternally'), { name: 'Days', type: 'int' }],
);
/** EventCUD: changes that wait for the batch job; and due dates somebody was alerted of, which are not alerted of again. */
const occurrenceTable = base(
  'fno$alertoccurrence',
  ['Rule', 'Occurrence'],
  text('Rule', 'Occurrence', 'Company', 'Record', 'Message', 'Status'),
);
export const alertTables = [
  { shape: ruleTable, indexes: [] },
  { shape: occurrenceTable, indexes: [['Status']] },
] as const;

/** What a rule is about: a change of a row, or a date that comes near. */
export const alertEvents = ['Created', 'Deleted', 'Changed', 'Due'] as const;
export type AlertEvent = (typeof alertEvents)[number];
const kinds: Readonly<Record<EntityChange['kind'], AlertEvent>> = {
  insert: 'Created',
  delete: 'Deleted',
  update: 'Changed',
};

/** The business event of an alert that is sent externally. */
const alertEvent = 'AlertBusinessEvent';

export interface AlertRule {
  readonly name: string;
  /** AOT name of the data entity. */
  readonly entity: string;
  readonly event: AlertEvent;
  /** *Changed*: the field that has changed; *Due*: the date. */
  readonly field: string;
  /** *Due*: how many days before. */
  readonly days: number;
  /** Empty for all. */
  readonly company: string;
  /** *Send externally*: without it no business event is raised. */
  readonly sendExternally: boolean;
}

export const saveRule = (rule: AlertRule, store: EntityStore): void => {
  const row = {
    ...{ Name: rule.name, Entity: rule.entity, Event: rule.event, Field: rule.field, Days: rule.days },
    ...{ Company: rule.company, SendExternally: rule.sendExternally ? 'Yes' : 'No' },
  };
  if (store.read(ruleTable, { Name: rule.name }) === undefined) store.insert(ruleTable, row);
  else store.update(ruleTable, { Name: rule.name }, row);
};

/** Takes a rule away with what waits for it. @returns false when there is none */
export function deleteRule(name: string, store: EntityStore): boolean {
  if (store.read(ruleTable, { Name: name }) === undefined) return false;
  store.remove(ruleTable, { Name: name });
  for (const row of store.find(occurrenceTable, { Rule: name })) store.remove(occurrenceTable, row);
  return true;
}

/** Notes, in the transaction that makes them, the changes rules are about; the batch job tells of them. */
export function noteChanges(changes: readonly EntityChange[], store: EntityStore): void {
  const rules = store.find(ruleTable, {});
  if (rules.length === 0) return;
  for (const { entity, kind, company = '', before, after } of changes)
    for (const rule of rules) {
      const { Name, Entity, Event, Field, Company } = rule;
      if (Entity !== entity.name || Event !== kinds[kind] || (Company !== '' && Company !== company)) continue;
      const [old, now] = [before?.[String(Field)], after?.[String(Field)]];
      if (kind === 'update' && old === now) continue;
      const record = recordOf(entity.key, (after ?? before)!);
      const what =
        kind === 'update' ? `${String(Field)} has changed from '${String(old)}' to '${String(now)}'` : kinds[kind];
      const told = { Company: company, Record: record, Message: `${record}: ${what}` };
      store.insert(occurrenceTable, { Rule: Name!, Occurrence: store.newGuid(), ...told, Status: 'Waiting' });
    }
}

const recordOf = (key: readonly string[], row: EntityRow): string => key.map((name) => String(row[name])).join('|');

/**
 * The batch job for change-based alerts: tells of what has been noted since the last time.
 *
 * @returns how many were sent
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/alerts-business-events
 */
export function processChanges(store: EntityStore, work: UnitOfWork): number {
  let sent = 0;
  const waiting = store.find(occurrenceTable, { Status: 'Waiting' });
  for (const row of waiting.sort((one, other) => Number(one['RecId']) - Number(other['RecId']))) {
    store.remove(occurrenceTable, row);
    if (tell(store.read(ruleTable, { Name: row['Rule']! })!, row, work)) sent += 1;
  }
  return sent;
}

/** The batch job for due-date alerts: tells once of every date that lies within the days of its rule. */
export function processDueDates(entities: readonly EntityDefinition[], store: EntityStore, work: UnitOfWork): number {
  let sent = 0;
  for (const rule of store.find(ruleTable, { Event: 'Due' })) {
    const entity = entities.find(({ name }) => name === rule['Entity'])!;
    for (const row of dueRows(entity, rule, store)) {
      const record = recordOf(entity.key, row);
      const date = String(row[String(rule['Field'])]);
      const key = { Rule: rule['Name']!, Occurrence: `${record} ${date}` };
      if (store.read(occurrenceTable, key) !== undefined) continue;
      const Message = `${record}: ${String(rule['Field'])} is due on ${date.slice(0, 10)}`;
      const told = { Company: row['dataAreaId'] ?? '', Record: record, Message };
      store.insert(occurrenceTable, { ...key, ...told, Status: 'Sent' });
      if (tell(rule, told, work)) sent += 1;
    }
  }
  return sent;
}

function dueRows(entity: EntityDefinition, rule: EntityRow, store: EntityStore): readonly EntityRow[] {
  const column = String(rule['Field']);
  const now = store.now();
  const last = new Date(Date.parse(now) + Number(rule['Days']) * 86_400_000).toISOString();
  const of: Condition[] = [
    { kind: 'compare', left: { column }, operator: 'ge', right: `${now.slice(0, 10)}T00:00:00Z` },
    { kind: 'compare', left: { column }, operator: 'le', right: `${last.slice(0, 10)}T23:59:59Z` },
  ];
  if (rule['Company'] !== '')
    of.push({ kind: 'compare', left: { column: 'dataAreaId' }, operator: 'eq', right: String(rule['Company']) });
  const columns = [...new Set([...entity.key, column])];
  return store.query({ table: entity.name, columns, joins: [], order: [], filter: { kind: 'all', of } });
}

/** Raises the event of a rule that is sent externally. */
function tell(rule: EntityRow, { Company, Record, Message }: EntityRow, work: UnitOfWork): boolean {
  if (rule['SendExternally'] !== 'Yes') return false;
  const company = String(Company);
  work.raise(alertEvent, company, {
    AlertMessage: String(Message),
    AlertRuleName: String(rule['Name']),
    LegalEntity: company.toUpperCase(),
    TriggeredForRecord: String(Record),
  });
  return true;
}
