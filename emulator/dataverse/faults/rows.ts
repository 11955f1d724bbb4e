import { fault } from './fault.ts';

/** What is said of rows and their values. */
export const rows = {
  rowNotFound: (table: string, id: string) =>
    fault('rowNotFound', '0x80040217', 404, `Entity '${table}' With Id = ${id} Does Not Exist`, { table, id }),
  tableNotFound: (name: string) =>
    fault(
      'tableNotFound',
      '0x80041102',
      400,
      `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
    ),
  keyNotFound: (table: string) =>
    fault('keyNotFound', '0x80060891', 404, `A record with the specified key values does not exist in ${table} entity`),
  keyNotDefined: (table: string) =>
    fault(
      'keyNotDefined',
      '0x80060890',
      400,
      `The specified key attributes are not a defined key for the ${table} entity`,
    ),
  duplicateRow: () => fault('duplicateRow', '0x80040237', 412, 'A record with matching key values already exists.'),
  duplicateKey: (key: string, columns: string) =>
    fault(
      'duplicateKey',
      '0x80060892',
      412,
      `Entity Key ${key} violated. A record with the same value for ${columns} already exists. A duplicate record cannot be created. Select one or more unique values and try again.`,
    ),
  versionMismatch: () =>
    fault(
      'versionMismatch',
      '0x80060882',
      412,
      "The version of the existing record doesn't match the RowVersion property provided.",
    ),
  concurrencyNotEnabled: (table: string) =>
    fault(
      'concurrencyNotEnabled',
      '0x8006088d',
      400,
      `Optimistic concurrency isn't enabled for entity type ${table}. The IfVersionMatches value of ConcurrencyBehavior can only be used if optimistic concurrency is enabled.`,
    ),
  invalidState: (message: string) =>
    fault(
      'invalidState',
      '0x80040233',
      400,
      `The object is not in a valid state to perform this operation. ${message}`,
    ),
  resolvedByMessage: () =>
    fault(
      'resolvedByMessage',
      '0x80040203',
      400,
      'This message can not be used to set the state of incident to Resolved. In order to set state of incident to Resolved, use the CloseIncidentRequest message instead.',
    ),
  textTooLong: (column: string, table: string, most: number) =>
    fault(
      'textTooLong',
      '0x80044331',
      400,
      `A validation error occurred.  The length of the '${column}' attribute of the '${table}' entity exceeded the maximum allowed length of '${most}'.`,
    ),
  integerOutOfRange: (column: string, table: string, value: unknown) =>
    fault(
      'integerOutOfRange',
      '0x8004432f',
      400,
      `A validation error occurred.  The value ${String(value)} of '${column}' on record of type '${table}' is outside the valid range.`,
    ),
  decimalOutOfRange: (column: string, table: string, value: unknown) =>
    fault(
      'decimalOutOfRange',
      '0x80044330',
      400,
      `A validation error occurred.  The value ${String(value)} of '${column}' on record of type '${table}' is outside the valid range.`,
    ),
  choiceOutOfRange: (column: string, table: string, value: unknown, accepted: readonly number[]) =>
    fault(
      'choiceOutOfRange',
      '0x8004431a',
      400,
      `The value ${String(value)} of '${column}' on record of type '${table}' is outside the valid range. Accepted Values: ${accepted.join(',')}`,
    ),
  invalidDate: () =>
    fault(
      'invalidDate',
      '0x80040239',
      400,
      'The date-time format is invalid, or value is outside the supported range.',
    ),
  invalidStatus: (status: unknown, state: unknown, table: string) =>
    fault(
      'invalidStatus',
      '0x80048408',
      400,
      `${String(status)} is not a valid status code for state code ${String(state)} on ${table}.`,
    ),
  sameQueue: () =>
    fault('sameQueue', '0x8004051b', 400, 'The queue item cannot be routed to the queue it is in already.'),
  transitionRefused: (from: number, to: number, table: string) =>
    fault(
      'transitionRefused',
      '0x80048408',
      400,
      `${to} is not a valid status code to go to from status code ${from} on ${table}.`,
    ),
  cannotDelete: () =>
    fault(
      'cannotDelete',
      '0x80040227',
      405,
      'The object you tried to delete is associated with another object and cannot be deleted.',
    ),
  tooDeep: () =>
    fault(
      'tooDeep',
      '0x80044182',
      400,
      'This workflow job was canceled because the workflow that started it included an infinite loop. Correct the workflow logic and try again.',
    ),
} as const;
