import type { BusinessEventDefinition, MemberType } from '../finance-operations/index.ts';
import { businessEventSchema } from './business-event-payload.ts';

/** Types of a custom API's parameters, by their number on the platform. */
const types = { decimal: 2, integer: 7, string: 10, stringArray: 11 } as const;

/** As the payload carries them: dates are texts. */
const typeOfMember: Readonly<Record<MemberType, number>> = {
  string: types.string,
  real: types.decimal,
  int: types.integer,
  date: types.string,
  utcDateTime: types.string,
  DateTimeIso8601: types.string,
};

/** A control number is longer than a whole number of 32 bits. */
const typeOfEnvelope: Readonly<Record<string, number>> = {
  ControlNumber: types.decimal,
  MajorVersion: types.integer,
  MinorVersion: types.integer,
  ParentContextRecordSubjects: types.stringArray,
};

/** Decided: unique name of the custom API an event is in Dataverse; none is published. */
export const actionName = (event: string): string => `mserp_${event}`;

/** Decided: the privilege that allows to perform it is named after it. */
export const actionPrivilege = (event: string): string => `prvExecute${actionName(event)}`;

/** The event of a custom API; undefined for the name of another one. */
export const eventOfAction = (name: string): string | undefined => /^mserp_(\w+)$/.exec(name)?.[1];

/** What the custom API of an event takes: every member of its payload. */
export const actionParameters = (event: BusinessEventDefinition): { readonly name: string; readonly type: number }[] =>
  Object.keys(businessEventSchema(event)).map((name) => {
    const member = event.contract[name];
    return { name, type: member === undefined ? (typeOfEnvelope[name] ?? types.string) : typeOfMember[member] };
  });
