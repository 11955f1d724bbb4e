import type { ColumnType } from '../../query/index.ts';
import type { Settings } from './settings.ts';

/** Text per language code, e.g. `{ 1033: 'Account' }`. */
export type Label = Readonly<Record<number, string>>;

export interface TableMetadata {
  readonly metadataId: string;
  readonly logicalName: string;
  readonly schemaName: string;
  readonly entitySetName: string;
  readonly objectTypeCode: number;
  readonly label: Label;
  readonly collectionLabel: Label;
  readonly description: Label;
  readonly ownership: 'user' | 'organization' | 'business' | 'none';
  readonly primaryId: string;
  readonly primaryName: string | undefined;
  readonly columns: ReadonlyMap<string, ColumnMetadata>;
  readonly keys: readonly AlternateKey[];
  /** Relationships in which this table holds the lookup (N:1), and those that point at it (1:N), and N:N. */
  readonly manyToOne: readonly Relationship[];
  readonly oneToMany: readonly Relationship[];
  readonly manyToMany: readonly ManyToManyRelationship[];
  /** Rows live elsewhere; a provider reads and writes them. */
  readonly isVirtual: boolean;
  readonly externalName: string | undefined;
  /** Rows of `entitydataprovider` and `entitydatasource`: who reads them, and from where. */
  readonly dataProviderId?: string | undefined;
  readonly dataSourceId?: string | undefined;
  readonly isCustom: boolean;
  /** ETags are honoured in If-Match. False for virtual tables. */
  readonly hasOptimisticConcurrency: boolean;
  readonly changeTrackingEnabled: boolean;
  /** Whether a status leads only where it says. */
  readonly enforcesTransitions?: boolean;
  /** The image column that stands for a row. */
  readonly primaryImage?: string;
  /** Brought by a managed solution, whatever was changed on it since. */
  readonly isManaged: boolean;
  readonly settings?: Settings;
}

/** The wire names of column types, as `AttributeType` in the Web API's metadata. */
export type AttributeType =
  | 'String'
  | 'Memo'
  | 'Integer'
  | 'BigInt'
  | 'Decimal'
  | 'Double'
  | 'Money'
  | 'Boolean'
  | 'DateTime'
  | 'Picklist'
  | 'MultiSelectPicklist'
  | 'State'
  | 'Status'
  | 'Lookup'
  | 'Customer'
  | 'Owner'
  | 'PartyList'
  | 'Uniqueidentifier'
  | 'EntityName'
  | 'Image'
  | 'File'
  | 'Virtual';

export interface ColumnMetadata {
  readonly metadataId: string;
  readonly logicalName: string;
  readonly schemaName: string;
  readonly attributeType: AttributeType;
  /** How it is stored and queried. */
  readonly type: ColumnType;
  readonly label: Label;
  readonly description: Label;
  readonly requiredLevel: 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired';
  readonly isCustom: boolean;
  readonly isPrimaryId: boolean;
  readonly isPrimaryName: boolean;
  readonly isSecured: boolean;
  readonly validForCreate: boolean;
  readonly validForRead: boolean;
  readonly validForUpdate: boolean;
  readonly format: string | undefined;
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
  readonly precision: number | undefined;
  /** 1 user local, 2 date only, 3 time-zone independent. */
  readonly dateBehavior: 1 | 2 | 3 | undefined;
  readonly choice: Choice | undefined;
  /** Default option or yes/no; undefined for none. */
  readonly defaultValue: number | undefined;
  readonly targets: readonly string[];
  readonly autoNumberFormat: string | undefined;
  readonly externalName: string | undefined;
  /** For `x_base`: the money column it is calculated from. */
  readonly calculationOf: string | undefined;
  /** 0 plain, 1 calculated, 2 roll-up, 3 formula. */
  readonly sourceType: number;
  /** The column this one is a companion of: `x` of `x_name`, `x_url`. */
  readonly attributeOf?: string;
  /** File and image columns. */
  readonly file?: FileLimits;
  readonly isManaged: boolean;
  readonly settings?: Settings;
  /** False where advanced find does not offer it. */
  readonly isSearchable?: boolean;
}

export interface FileLimits {
  readonly maxSizeInKb: number;
  /** Images: whether the image itself is kept beside its thumbnail. */
  readonly storesFullImage: boolean;
}

export interface Choice {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly metadataId: string;
  readonly label: Label;
  readonly description?: Label;
  readonly options: readonly ChoiceOption[];
  readonly isManaged: boolean;
}

export interface ChoiceOption {
  readonly value: number;
  readonly label: Label;
  readonly description?: Label;
  readonly isHidden?: boolean;
  readonly color: string | undefined;
  readonly externalName: string | undefined;
  /** Of a status reason: the state it belongs to. */
  readonly state: number | undefined;
  /** Of a state: its default status reason, and its name in any language. */
  readonly defaultStatus: number | undefined;
  readonly invariantName: string | undefined;
  /** Of a status reason: those it may be followed by, where the package says. */
  readonly transitions?: readonly number[];
}

export interface AlternateKey {
  readonly logicalName: string;
  readonly schemaName?: string;
  readonly columns: readonly string[];
  readonly label: Label;
  readonly isManaged: boolean;
}

export type Cascade = 'NoCascade' | 'Cascade' | 'Active' | 'UserOwned' | 'RemoveLink' | 'Restrict';

/** How a relationship is offered beside a row. */
export interface MenuItem {
  readonly behavior: 'UseCollectionName' | 'UseLabel' | 'DoNotDisplay';
  readonly group: string;
  readonly order: number;
  readonly label: Label;
}

export interface Relationship {
  readonly schemaName: string;
  readonly metadataId: string;
  /** Holds the lookup. */
  readonly referencingTable: string;
  readonly referencingColumn: string;
  readonly referencedTable: string;
  readonly referencedColumn: string;
  /** Name of the lookup's navigation property in `$expand` and `@odata.bind`; case-sensitive. */
  readonly referencingNavigation: string;
  /** Name of the collection on the referenced side. */
  readonly referencedNavigation: string;
  readonly isCustom: boolean;
  readonly cascade: Readonly<Record<'assign' | 'delete' | 'reparent' | 'share' | 'unshare', Cascade>>;
  readonly isManaged: boolean;
  readonly isHierarchical?: boolean;
  readonly isSearchable?: boolean;
  readonly introducedVersion?: string;
  readonly menu?: MenuItem;
}

export interface ManyToManyRelationship {
  readonly schemaName: string;
  readonly metadataId: string;
  readonly firstTable: string;
  readonly secondTable: string;
  readonly intersectTable: string;
  readonly firstColumn: string;
  readonly secondColumn: string;
  readonly firstNavigation: string;
  readonly secondNavigation: string;
  readonly isManaged: boolean;
  readonly isSearchable?: boolean;
  readonly introducedVersion?: string;
  readonly firstMenu?: MenuItem;
  readonly secondMenu?: MenuItem;
}

/** Read side of the metadata: what every other part of Dataverse asks. Names are compared in lower case where a `ByX` says so. */
export interface MetadataCatalogue {
  /** By logical name. */
  table(logicalName: string): TableMetadata | undefined;
  /** By entity set name; case-sensitive, as URLs are. */
  tableBySet(entitySetName: string): TableMetadata | undefined;
  tables(): Iterable<TableMetadata>;
  globalChoice(name: string): Choice | undefined;
  globalChoices(): Iterable<Choice>;
  /** Changes with every change to the metadata (`globalmetadataversion`). */
  readonly version: string;
}
