import { fault } from './fault.ts';

/** What is said of requests: addresses, options, bodies. */
export const requests = {
  unknownProperty: (name: string, table: string) =>
    fault(
      'unknownProperty',
      '0x0',
      400,
      `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table}'.`,
    ),
  invalidProperty: (name: string, table: string) =>
    fault(
      'invalidProperty',
      '0x0',
      400,
      `An error occurred while validating input parameters: Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${table}'.`,
    ),
  resourceNotFound: (segment: string) =>
    fault('resourceNotFound', '0x8006088a', 404, `Resource not found for the segment '${segment}'.`),
  noHttpResource: (uri: string) =>
    fault('noHttpResource', '', 404, `No HTTP resource was found that matches the request URI '${uri}'.`),
  methodNotAllowed: (method: string) =>
    fault('methodNotAllowed', '0x80060888', 405, `The requested resource does not support http method '${method}'.`),
  queryNotSupported: (message: string) => fault('queryNotSupported', '0x80060888', 400, message),
  payload: (set: string, message: string) =>
    fault(
      'payload',
      '0x80048d19',
      400,
      `Error identified in Payload provided by the user for Entity :'${set}', InnerException : ${message}`,
    ),
  messageNotSupported: (message: string, table: string) =>
    fault(
      'messageNotSupported',
      '0x80040800',
      400,
      `The '${message}' method does not support entities of type '${table}'.`,
    ),
  invalidArgument: (message: string) => fault('invalidArgument', '0x80040203', 400, message),
  requiredMissing: (column: string, table: string) =>
    fault(
      'requiredMissing',
      '0x80040200',
      400,
      `Required field missing. The column '${column}' of the entity '${table}' has no value.`,
    ),
  parameterMissing: (parameter: string, operation: string) =>
    fault(
      'parameterMissing',
      '0x80040200',
      400,
      `Required field missing. The parameter '${parameter}' of '${operation}' has no value.`,
    ),
  /** Decided: the documents name no code for it. */
  onlyCustomApis: (operation: string) =>
    fault(
      'onlyCustomApis',
      '0x80040203',
      400,
      `Invalid Argument: only a custom API runs in the background, and '${operation}' is none. Send the request without 'respond-async'.`,
    ),
  aggregateLimit: () =>
    fault('aggregateLimit', '0x8004e023', 400, 'AggregateQueryRecordLimit exceeded. Cannot perform this operation.'),
  isvAborted: (message: string) => fault('isvAborted', '0x80040265', 400, message),
  overRetrieval: () =>
    fault(
      'overRetrieval',
      '0x8004430a',
      400,
      'Over upper limit of records that can be requested without a paging cookie. A paging cookie is required when retrieving a high page number.',
    ),
  fetchXml: (code: string, message: string) => fault('fetchXml', code, 400, message),
  virtualQuery: (message: string) => fault('virtualQuery', '0x80044822', 400, message),
  notLinked: () =>
    fault('notLinked', '0x80048d0b', 400, "Dataverse instance isn't integrated with finance and operations."),
  notTracked: (table: string) =>
    fault('notTracked', '0x80072491', 400, `Entity ${table} isn't enabled for change tracking.`),
  versionExpired: () =>
    fault(
      'versionExpired',
      '0x80044352',
      400,
      'Version stamp associated with the client has expired. Please perform a full sync.',
    ),
} as const;
