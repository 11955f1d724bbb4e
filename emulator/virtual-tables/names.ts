import type {
  DataEntity,
  DataEntityAction,
  EntityRelation,
  SyntheticRelation,
} from '../finance-operations/contract.ts';

/** Prefix and lower case: `CustCustomerV3Entity` is `mserp_custcustomerv3entity`. */
export const virtualTableName = (entity: string) => `mserp_${entity.toLowerCase()}`;

/** Column of a field: `CreditLimit` is `mserp_creditlimit`. */
export const columnName = (field: string) => `mserp_${field.toLowerCase()}`;

/** Global choice of an enum. */
export const choiceName = (enumType: string) => `mserp_${enumType.toLowerCase()}`;

export const companyColumn = 'mserp_dataareaid_id';
export const primaryColumn = 'mserp_primaryfield';

/** Lookup of a relation to another virtual table: `mserp_fk_<target entity>_id`. */
export const relationColumn = ({ to }: EntityRelation) => `mserp_fk_${to.toLowerCase()}_id`;

/** Decided: lookup of a synthetic relation. */
export const syntheticColumn = ({ name }: SyntheticRelation) => `mserp_${name.toLowerCase()}_id`;

/** Schema name of a relation's relationship; one that is longer than 92 characters is not generated. */
export const relationshipName = (entity: string, { name }: EntityRelation) => `mserp_FK_${entity}_${name}`;
export const longestRelationshipName = 92;

/** External name of such a relationship. Decided: that of its lookup, since relationships show none in the metadata. */
export const relationshipExternalName = ({ name }: EntityRelation) => `FK_${name}`;

/** Decided: message of an OData action, and the property its result comes in. */
export const messageName = (entity: DataEntity, { name }: DataEntityAction) => `mserp_${entity.name}_${name}`;
export const resultName = 'Result';

/** Set of a table: `…entity` is `…entities`. */
export function entitySetName(table: string): string {
  if (/[^aeiou]y$/.test(table)) return `${table.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(table) ? `${table}es` : `${table}s`;
}

/** `CustomerAccount` reads `Customer account`, `AddressCountryRegionISOCode` reads `Address country region ISO code`. */
export function labelOf(field: string): string {
  const words = field.match(/[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [field];
  return words
    .map((word, index) =>
      index === 0 ? word[0]!.toUpperCase() + word.slice(1) : /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase(),
    )
    .join(' ');
}
