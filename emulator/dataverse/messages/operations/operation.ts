import type { Clock, NewId } from '../../../kernel/index.ts';
import type { Lookup, Row } from '../../../query/index.ts';
import type { Database, Shapes } from '../../../storage/index.ts';
import type { MessageCall, OrganizationService } from '../../contract.ts';
import type { Files } from '../../files/files.ts';
import type { MetadataCatalogue, TableMetadata } from '../../metadata/model.ts';
import type { ColumnSecurity } from '../../security/column-security.ts';
import type { Privileges } from '../../security/privileges.ts';
import type { RowAccess } from '../../security/row-access.ts';
import type { Counters } from '../counters.ts';

/** Types of parameters and results; those of custom APIs, and the enumerations of the platform's own operations. */
export type ParameterType =
  | 'boolean'
  | 'dateTime'
  | 'decimal'
  | 'entity'
  | 'entityCollection'
  | 'entityReference'
  | 'float'
  | 'integer'
  | 'money'
  | 'picklist'
  | 'string'
  | 'stringArray'
  | 'guid'
  | 'enum'
  /** Whole numbers of 64 bits. */
  | 'long'
  /** Bytes; base64 on the wire. */
  | 'binary'
  /** `RolePrivilege` values: what a role may do, and how far. */
  | 'rolePrivileges'
  /** Which page of a list, and how long pages are. */
  | 'pagingInfo';

/** A row that stands in a parameter: `row` holds the columns written there, `id` its key when it carries one. */
export interface RowValue {
  readonly table: string;
  readonly id: string | undefined;
  readonly row: Row;
}

export type ParameterValue =
  | boolean
  | number
  | string
  | null
  | Buffer
  | Lookup
  | RowValue
  | readonly RowValue[]
  | readonly string[]
  | Readonly<Record<string, unknown>>
  | readonly Readonly<Record<string, unknown>>[];

export type Parameters = Readonly<Record<string, ParameterValue | undefined>>;

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly isOptional?: boolean;
  /** Logical name of the table whose rows it takes; undefined takes rows of any. */
  readonly table?: string;
}

/** What an operation is called by, takes and answers. */
export interface Signature {
  readonly name: string;
  /** Functions are asked with GET and change nothing, actions with POST. */
  readonly isFunction: boolean;
  /** What it is called on; undefined is nothing. */
  readonly boundTo?: 'row' | 'set';
  /** Logical name of the table it is bound to; undefined is any. */
  readonly table?: string;
  readonly parameters: readonly Parameter[];
  readonly results: readonly Parameter[];
}

/** What the main operation of a message stands on. */
export interface OperationPlatform {
  /** Sends further messages; they join the open transaction. */
  readonly organization: OrganizationService;
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly counters: Counters;
  readonly privileges: Privileges;
  readonly access: RowAccess;
  readonly columnSecurity: ColumnSecurity;
  readonly files: Files;
}

/** A message beyond Create, Update and Delete: its signature, and what stage 30 does. */
export interface Operation extends Signature {
  /** Its main operation asks another system: it runs in no transaction. */
  readonly isElsewhere?: boolean;
  run(call: MessageCall, platform: OperationPlatform): Promise<Parameters>;
}

/** Stands for the table of a message that is about none. */
export const noTable: TableMetadata = {
  metadataId: '00000000-0000-0000-0000-000000000000',
  logicalName: 'none',
  schemaName: 'none',
  entitySetName: '',
  objectTypeCode: 0,
  label: {},
  collectionLabel: {},
  description: {},
  ownership: 'none',
  primaryId: '',
  primaryName: undefined,
  columns: new Map(),
  keys: [],
  manyToOne: [],
  oneToMany: [],
  manyToMany: [],
  isVirtual: false,
  externalName: undefined,
  isCustom: false,
  hasOptimisticConcurrency: false,
  changeTrackingEnabled: false,
  isManaged: true,
};
