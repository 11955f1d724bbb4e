import type { BusinessEventDefinition, EventFields, EventValue, MemberType } from '../finance-operations/index.ts';

export interface Envelope {
  readonly eventId: string;
  readonly controlNumber: number;
  readonly time: Date;
  /** Lower case, as finance and operations keeps it. */
  readonly legalEntity: string;
  /** Object id of the user in the directory; undefined for the system. */
  readonly userId: string | undefined;
}

const noUser = '00000000-0000-0000-0000-000000000000';
const noDate = Date.UTC(1900, 0, 1);
const empty: Readonly<Record<MemberType, EventValue>> = {
  string: '',
  real: 0,
  int: 0,
  date: new Date(noDate),
  utcDateTime: new Date(noDate),
  DateTimeIso8601: new Date(noDate),
};

/** `/Date(<ms>)/`, as a data contract of X++ writes a date. */
const jsonDate = (milliseconds: number) => `/Date(${milliseconds})/`;

/** Keys in alphabetical order, the common members among those of the contract. */
const sorted = (members: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));

/** ISO 8601 with seven decimals. */
const isoDate = (time: Date) => time.toISOString().replace('Z', '0000Z');

function writeMember(type: MemberType, value: EventValue): unknown {
  if (type !== 'date' && type !== 'utcDateTime' && type !== 'DateTimeIso8601') return value;
  const time = value instanceof Date ? value : new Date(String(value));
  return type === 'DateTimeIso8601' ? isoDate(time) : jsonDate(time.getTime());
}

/**
 * The payload of an event: one flat object.
 *
 * @throws Error for a member the contract does not have
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/business-events-dev-doc
 */
export function businessEventPayload(
  { id, contract }: BusinessEventDefinition,
  fields: EventFields,
  { eventId, controlNumber, time, legalEntity, userId }: Envelope,
): Record<string, unknown> {
  const stranger = Object.keys(fields).find((name) => !Object.hasOwn(contract, name));
  if (stranger !== undefined) throw new Error(`The contract of '${id}' has no member '${stranger}'.`);
  const company = legalEntity.toUpperCase();
  const given: EventFields = { ...('LegalEntity' in contract ? { LegalEntity: company } : {}), ...fields };
  const members = Object.entries(contract).map(([name, type]) => [name, writeMember(type, given[name] ?? empty[type])]);
  return sorted({
    ...Object.fromEntries(members),
    BusinessEventId: id,
    BusinessEventLegalEntity: company,
    ContextRecordSubject: '',
    ControlNumber: controlNumber,
    EventId: eventId.toUpperCase(),
    EventTime: jsonDate(time.getTime()),
    EventTimeIso8601: isoDate(time),
    InitiatingUserAADObjectId: `{${(userId ?? noUser).toUpperCase()}}`,
    MajorVersion: 0,
    MinorVersion: 0,
    ParentContextRecordSubjects: [],
  });
}

/** What *Download schema* gives: a sample of the payload with nothing in it. */
export function businessEventSchema({ id, contract }: BusinessEventDefinition): Record<string, unknown> {
  const members = Object.entries(contract).map(([name, type]) => [name, writeMember(type, empty[type])]);
  return sorted({
    ...Object.fromEntries(members),
    BusinessEventId: id,
    BusinessEventLegalEntity: '',
    ContextRecordSubject: '',
    ControlNumber: 0,
    EventId: '',
    EventTime: jsonDate(noDate),
    EventTimeIso8601: '1900-01-01T00:00:00Z',
    InitiatingUserAADObjectId: `{${noUser}}`,
    MajorVersion: 0,
    MinorVersion: 0,
    ParentContextRecordSubjects: null,
  });
}
