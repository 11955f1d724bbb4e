import { Fault } from '../kernel/index.ts';

const fault = (name: string, code: string, status: number, message: string, facts: Record<string, unknown> = {}) =>
  new Fault(name, { code, status }, message, facts);

/** What Dataverse says when it refuses. Codes and wording are the platform's; every code stands in docs/errors.md. */
export const faults = {
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
  duplicateFound: () =>
    fault(
      'duplicateFound',
      '0x80040333',
      412,
      'A record was not created or updated because a duplicate of the current record already exists.',
    ),
  duplicateDetectionOff: () =>
    fault(
      'duplicateDetectionOff',
      '0x80048412',
      400,
      'Duplicate detection is not enabled. To enable duplicate detection, click Settings, click Data Management, and then click Duplicate Detection Settings.',
    ),
  noDuplicateRules: (table: string) =>
    fault('noDuplicateRules', '0x80048410', 400, 'Duplicate detection is not supported on this record type.', {
      table,
    }),
  notComparable: (column: string) =>
    fault(
      'notComparable',
      '0x80048430',
      400,
      'The rule condition cannot be created or updated because duplicate detection is not supported on the data type of the selected attribute.',
      { column },
    ),
  emptyRule: () =>
    fault(
      'emptyRule',
      '0x80048414',
      400,
      'No criteria have been specified. Add criteria, and then publish the duplicate detection rule.',
    ),
  tooManyRules: (table: string) =>
    fault(
      'tooManyRules',
      '0x80048419',
      400,
      'The selected record type already has the maximum number of published rules. Unpublish or delete existing rules for this record type, and then try again.',
      { table },
    ),
  duplicatePair: () => fault('duplicatePair', '0x80040237', 412, 'Cannot insert duplicate key.'),
  duplicateKey: (key: string, columns: string) =>
    fault(
      'duplicateKey',
      '0x80060892',
      412,
      `Entity Key ${key} violated. A record with the same value for ${columns} already exists. A duplicate record cannot be created. Select one or more unique values and try again.`,
    ),
  messageNotSupported: (message: string, table: string) =>
    fault(
      'messageNotSupported',
      '0x80040800',
      400,
      `The '${message}' method does not support entities of type '${table}'.`,
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
  invalidOwner: () => fault('invalidOwner', '0x80040229', 400, 'The owner ID is invalid or missing.'),
  accessTeamOwns: () =>
    fault('accessTeamOwns', '0x80040229', 400, 'The owner ID is invalid: an access team owns no rows.'),
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
  aggregateLimit: () =>
    fault('aggregateLimit', '0x8004e023', 400, 'AggregateQueryRecordLimit exceeded. Cannot perform this operation.'),
  tooManyRequests: (most: number, seconds: number, retryAfter: number) =>
    fault(
      'tooManyRequests',
      '0x80072322',
      429,
      `Number of requests exceeded the limit of ${most} over time window of ${seconds} seconds.`,
      { retryAfter },
    ),
  tooMuchTime: (most: number, seconds: number, retryAfter: number) =>
    fault(
      'tooMuchTime',
      '0x80072321',
      429,
      `Combined execution time of incoming requests exceeded limit of ${most * 1000} milliseconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
      { retryAfter },
    ),
  tooConcurrent: (most: number, retryAfter: number) =>
    fault('tooConcurrent', '0x80072326', 429, `Number of concurrent requests exceeded the limit of ${most}.`, {
      retryAfter,
    }),
  isvAborted: (message: string) => fault('isvAborted', '0x80040265', 400, message),
  privilegeDenied: (
    user: { readonly id: string; readonly roleCount: number; readonly privilegeCount: number },
    privilege: { readonly name: string; readonly id: string },
    table: { readonly name: string; readonly label: string; readonly objectTypeCode: number },
  ) =>
    fault(
      'privilegeDenied',
      '0x80040220',
      403,
      `Principal user (Id=${user.id}, type=8, roleCount=${user.roleCount}, privilegeCount=${user.privilegeCount}, accessMode='0 Read-Write') is missing ${privilege.name} privilege (Id=${privilege.id}) on OTC=${table.objectTypeCode} for entity '${table.name}' (LocalizedName='${table.label}').`,
      { privilege: privilege.name },
    ),
  privilegeMissing: (userId: string, privilege: string) =>
    fault(
      'privilegeMissing',
      '0x80040220',
      403,
      `Principal user (Id=${userId}, type=8) is missing ${privilege} privilege.`,
      { privilege },
    ),
  accessDenied: (userId: string, right: string, id: string, table: string) =>
    fault(
      'accessDenied',
      '0x80048306',
      403,
      `Principal user (Id=${userId}, type=8) does not have ${right} right(s) for record with id ${id} of entity ${table}.`,
    ),
  hiddenColumn: (column: string, table: string) =>
    fault(
      'hiddenColumn',
      '0x8004f504',
      403,
      `Caller does not have read permission to the secured attribute '${column}' of the entity '${table}'.`,
    ),
  securedColumn: (column: string, table: string, message: 'Create' | 'Update') =>
    fault(
      'securedColumn',
      message === 'Create' ? '0x8004f502' : '0x8004f507',
      403,
      `Caller does not have ${message.toLowerCase()} permission to the secured attribute '${column}' of the entity '${table}'. The requested operation could not be completed.`,
    ),
  userDisabled: () =>
    fault(
      'userDisabled',
      '0x80040225',
      403,
      'The specified user is either disabled or is not a member of any business unit.',
    ),
  cannotImpersonate: () =>
    fault('cannotImpersonate', '0x8004a110', 403, 'User does not have the privilege to act on behalf another user.'),
  notAMember: () => fault('notAMember', '0x80072560', 403, 'The user is not a member of the organization.'),
  notAuthenticated: () =>
    fault(
      'notAuthenticated',
      '',
      401,
      'Authorization header is missing or names no user. Send the e-mail of a user as the bearer token.',
    ),
  solutionBusy: (what: string, running: string) =>
    fault(
      'solutionBusy',
      '0x80071151',
      429,
      `Cannot start another [${what}] because there is a previous [${running}] running at this moment. Use Solution History for more details.`,
    ),
  managedSolution: (name: string) =>
    fault('managedSolution', '0x8004F024', 400, `Cannot update solution '${name}' because it is a managed solution.`),
  managedComponent: (table: string, id: string) =>
    fault(
      'managedComponent',
      '0x8004F032',
      400,
      `The 'Delete' operation on the current component(name='${table}', id='${id}') failed during managed property evaluation of condition: 'The component is part of a managed solution; it goes when the solution is uninstalled.'`,
    ),
  tableExists: (name: string) =>
    fault(
      'tableExists',
      '0x8004700b',
      400,
      `An entity with the specified name ${name} already exists. Please specify a unique name.`,
      { table: name },
    ),
  columnExists: (column: string, table: string) =>
    fault(
      'columnExists',
      '0x80047013',
      400,
      `An attribute with the specified name already exists: ${column} of the entity ${table}.`,
      { table, column },
    ),
  componentExists: (what: string, name: string) =>
    fault(
      'componentExists',
      '0x80047010',
      400,
      `An object with the specified name already exists: the ${what} '${name}'.`,
    ),
  keyExists: (key: string, table: string) =>
    fault('keyExists', '0x80060893', 400, `An entity key with the name ${key} already exists on the entity ${table}.`),
  invalidKey: (message: string) => fault('invalidKey', '0x8006089f', 400, message),
  optionTaken: (value: number) =>
    fault(
      'optionTaken',
      '0x80044310',
      400,
      `The picklist value already exists.  Picklist values must be unique. (${value})`,
      { value },
    ),
  optionNotFound: (value: unknown, choice: string) =>
    fault('optionNotFound', '0x80040203', 400, `The choice '${choice}' has no option with the value ${String(value)}.`),
  choiceNotFound: (name: string) =>
    fault('choiceNotFound', '0x80040217', 404, `Could not find an option set with the name or id '${name}'.`),
  componentInUse: (what: string, id: string, dependents: readonly string[]) =>
    fault(
      'componentInUse',
      '0x8004f01f',
      400,
      `The ${what}(${id}) component cannot be deleted because it is referenced by ${dependents.length} other components. For a list of referenced components, use the RetrieveDependenciesForDeleteRequest. They are: ${dependents.join(', ')}.`,
      { dependents },
    ),
  choiceInUse: (tables: readonly string[]) =>
    fault(
      'choiceInUse',
      '0x80048417',
      400,
      `This option set cannot be deleted. The current set of entities that reference this option set are: ${tables.join(', ')}. These references must be removed before this option set can be deleted`,
    ),
  notCustomTable: (table: string) =>
    fault('notCustomTable', '0x80047008', 400, `The specified entity is not customizable: ${table}.`),
  notCustomColumn: (column: string) =>
    fault('notCustomColumn', '0x80047009', 400, `The specified attribute is not a custom attribute: ${column}.`),
  notCustomRelationship: (name: string) =>
    fault(
      'notCustomRelationship',
      '0x8004700a',
      400,
      `The specified relationship is not a custom relationship: ${name}.`,
    ),
  primaryNameStays: () =>
    fault('primaryNameStays', '0x80047002', 400, 'The Primary UI Attribute is not valid for deletion'),
  primaryNameMissing: (table: string) =>
    fault('primaryNameMissing', '0x80044355', 400, `PrimaryName attribute not found for Entity: ${table}`),
  primaryNameType: () => fault('primaryNameType', '0x8004700e', 400, 'Primary UI Attribute has to be of type String'),
  parentTwice: () => fault('parentTwice', '0x80047007', 400, 'An entity can have only one parental relationship'),
  invalidOwnership: () =>
    fault('invalidOwnership', '0x8004700d', 400, 'The specified ownership type mask is not valid for this operation'),
  onlyChoiceOptions: () =>
    fault('onlyChoiceOptions', '0x80044323', 400, 'You can delete options only from picklist and status attributes.'),
  managedDelete: (name: string, id: string) =>
    fault(
      'managedDelete',
      '0x8004F032',
      400,
      `The 'Delete' operation on the current component(name='${name}', id='${id}') failed during managed property evaluation of condition: 'Managed Property Name: iscustomizable; Component Name: ${name}; The evaluation of the current component is managed.'`,
    ),
  solutionNameTaken: (name: string) =>
    fault(
      'solutionNameTaken',
      '0x80048047',
      400,
      `The solution unique name '${name}' is already being used and cannot be used again.`,
    ),
  exportManaged: () =>
    fault(
      'exportManaged',
      '0x80048036',
      400,
      'An error occurred while exporting a solution. Managed solutions cannot be exported.',
    ),
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
  fileTooLarge: () => fault('fileTooLarge', '0x80044a02', 400, 'Attachment file size is too big.'),
  fileInBody: (column: string, table: string) =>
    fault(
      'fileInBody',
      '0x80040203',
      400,
      `Invalid Argument: the file column '${column}' of '${table}' is not written with the row. Send the file to the address of the column; DELETE removes it.`,
    ),
  fileBlocked: () =>
    fault(
      'fileBlocked',
      '0x80043e09',
      400,
      'The attachment is either not a valid type or is too large. It cannot be uploaded or downloaded.',
    ),
  imageTooLarge: (mostKb: number, bytes: number) =>
    fault(
      'imageTooLarge',
      '0x80072553',
      400,
      `Error occured when processing image. Reason: File size is too big. MaxSize: ${Math.floor(mostKb / 1024)} MB, Uploaded filesize: ${Math.floor(bytes / 1_048_576)} MB.`,
    ),
  imageNotProcessed: (id: string, table: string, column: string) =>
    fault(
      'imageNotProcessed',
      '0x80072553',
      400,
      `Error occured when processing image. Reason: Update image properties failed for objectid: ${id}, logicalName: ${table}, attribute: ${column}`,
    ),
  notThePrimaryImage: (column: string, table: string) =>
    fault(
      'notThePrimaryImage',
      '0x80090487',
      400,
      `Non-primary image attribute ${column} of entity ${table} is not allowed to upload during Create operation.`,
    ),
  noFileAttachment: (column: string, table: string, id: string) =>
    fault(
      'noFileAttachment',
      '0x80040217',
      404,
      `No FileAttachment records found for attribute: ${column} of ${table} record with id ${id}.`,
    ),
  fileMissing: (id: string) =>
    fault('fileMissing', '0x80040217', 404, `Entity 'FileAttachment' With Id = ${id} Does Not Exist`),
  transferUnknown: () =>
    fault(
      'transferUnknown',
      '0x80040203',
      400,
      'Invalid Argument: the continuation token names no upload or download of this user, or one that is over.',
    ),
  rangeOutside: (range: string, size: number) =>
    fault(
      'rangeOutside',
      '0x80040203',
      416,
      `Invalid Argument: the range '${range}' lies outside the ${size} bytes of the file.`,
    ),
  urlTooLong: (most: number) =>
    fault(
      'urlTooLong',
      '0x80060888',
      414,
      `The request URL is longer than ${most} characters. Send it inside a $batch.`,
    ),
} as const;
