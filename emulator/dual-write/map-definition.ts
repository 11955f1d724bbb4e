/** A table map in the documented format: one version of `msdyn_dualwriteentitymap`. */
export interface MapDefinition {
  /** `Microsoft_[accounts - Customers V3]` */
  readonly name: string;
  /** `accounts - Customers V3`: Dataverse set, then label of the data entity. */
  readonly displayName: string;
  readonly version: string;
  readonly publisher: string;
  readonly mapping: { readonly name: string; readonly legs: readonly MapLeg[] } & Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One way between a data entity and a table, with its own pairs, filters and keys. */
export interface MapLeg {
  /** `001` */
  readonly id?: string;
  /** `AX` for finance and operations; so it is when it is not said. */
  readonly sourceEnvironmentType?: string;
  /** `CRM` for Dataverse; so it is when it is not said. */
  readonly destinationEnvironmentType?: string;
  /** Label of the data entity. */
  readonly sourceSchema: string;
  /** Query range on the data entity, e.g. `((PartyType == "Organization"))`. */
  readonly sourceFilter: string;
  /** Entity set name of the table. */
  readonly destinationSchema: string;
  /** OData filter on the table. */
  readonly reversedSourceFilter: string;
  readonly fieldMappings: readonly FieldMapping[];
}

export interface FieldMapping {
  /** Field in upper case; empty for a default. */
  readonly sourceField: string;
  /** Column, or a path through a lookup (`transactioncurrencyid.isocurrencycode`); empty for a default. */
  readonly destinationField: string;
  readonly destinationLookupFieldRelatedEntity?: string;
  /** 1 to Dataverse, 2 to finance and operations, 3 both. */
  readonly syncDirection: 1 | 2 | 3;
  readonly valueTransforms: readonly ValueTransform[];
}

export type ValueTransform =
  | { readonly transformType: 'ValueMap'; readonly valueMap: Readonly<Record<string, string>> }
  | { readonly transformType: 'Default'; readonly defaultValue: string };
