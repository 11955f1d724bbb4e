import { escapeXml } from '../../kernel/index.ts';
import { dataProviderId, dataSourceId } from '../data-source-ids.ts';
import type { DataEntity, EntityField } from '../../finance-operations/contract.ts';
import {
  choiceName,
  columnName,
  companyColumn,
  entitySetName,
  labelOf,
  longestRelationshipName,
  primaryColumn,
  relationColumn,
  relationshipExternalName,
  relationshipName,
  syntheticColumn,
  virtualTableName,
} from '../names.ts';
import { actionFiles } from './action-files.ts';
import { columnXml, fieldXml, keyXml, lookupXml } from './column-xml.ts';
import { guidOf, label, labels } from './xml.ts';

/** The solution that holds the virtual tables which are shipped. */
export const shippedSolution = 'MicrosoftOperationsERPVE';
/** Differs: the platform keeps all generated tables in that one solution; here each has one, so that it can be taken away. */
export const solutionOf = ({ name }: DataEntity) => `${shippedSolution}_${name}`;
const version = '2.8.7.2';
const firstOption = 200_000_000;

export interface Generating {
  readonly entity: DataEntity;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  /** Unique name of the solution the table is to be in. */
  readonly solution: string;
  readonly changeTracking: boolean;
  /** Codes of the languages Dataverse has. */
  readonly languages: readonly number[];
  /** Id of the label of a data entity, or of one of its fields. */
  readonly labelId: (entity: DataEntity, field?: string) => string;
  /** Tables that are there: relations to others are not generated. */
  readonly isThere: (table: string) => boolean;
  readonly hasChoice: (choice: string) => boolean;
  /** Columns the table has already: they stay as they are, with the labels somebody gave them. */
  readonly hasColumn: (column: string) => boolean;
}

interface Relationship {
  readonly name: string;
  readonly column: string;
  readonly label: string;
  readonly externalName?: string;
  /** Schema or logical name. */
  readonly to: string;
}

/** A solution before it is packed. */
export interface GeneratedPackage {
  readonly manifest: string;
  readonly customizations: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The update of the solution that brings the virtual table of a data entity. */
export function packageXml(generating: Generating): GeneratedPackage {
  const table = virtualTableName(generating.entity.name);
  const choices = choicesOf(generating);
  const roots = [
    `<RootComponent type="1" schemaName="${table}" behavior="0" />`,
    ...choices.map((name) => `<RootComponent type="9" schemaName="${choiceName(name)}" behavior="0" />`),
  ];
  const relationships = relationshipsOf(generating);
  return {
    manifest: manifestXml(generating.solution, roots.join('')),
    files: actionFiles(generating.entity),
    customizations: `<ImportExportXml><Entities>${tableXml(generating, table, relationships)}</Entities><Roles />
<optionsets>${choices.map((name) => choiceXml(name, generating.enums[name]!)).join('')}</optionsets>
<EntityRelationships>${relationships.map((one) => relationshipXml(table, one)).join('')}</EntityRelationships></ImportExportXml>`,
  };
}

const manifestXml = (solution: string, roots: string) =>
  `<ImportExportXml version="9.2"><SolutionManifest><UniqueName>${solution}</UniqueName>${labels('LocalizedNames', 'LocalizedName', 'Finance and Operations virtual entities')}<Descriptions />
<Version>${version}</Version><Managed>1</Managed><Publisher><UniqueName>MicrosoftFinanceAndOperations</UniqueName>${labels('LocalizedNames', 'LocalizedName', 'Finance and Operations')}<Descriptions />
<CustomizationPrefix>mserp</CustomizationPrefix><CustomizationOptionValuePrefix>20000</CustomizationOptionValuePrefix></Publisher>
<RootComponents>${roots}</RootComponents><MissingDependencies /></SolutionManifest></ImportExportXml>`;

/** Enums of the entity that have no choice yet. */
function choicesOf({ entity, enums, hasChoice }: Generating): string[] {
  const used = [...entity.fields.values()].flatMap(({ type, enumType = '' }) => (type === 'enum' ? [enumType] : []));
  return [...new Set(used)].filter((name) => enums[name] !== undefined && !hasChoice(choiceName(name)));
}

function choiceXml(name: string, symbols: readonly string[]): string {
  const options = symbols.map(
    (symbol, index) =>
      `<option value="${firstOption + index}" ExternalValue="${symbol}">${labels('labels', 'label', symbol)}</option>`,
  );
  return `<optionset Name="${choiceName(name)}" localizedName="${name}"><OptionSetType>picklist</OptionSetType><IsGlobal>1</IsGlobal>
<ExternalTypeName>${name}</ExternalTypeName>${labels('displaynames', 'displayname', name)}<options>${options.join('')}</options></optionset>`;
}

function relationshipsOf({ entity, isThere }: Generating): Relationship[] {
  const table = virtualTableName(entity.name);
  const company = entity.isCompanyBound
    ? [{ name: `mserp_cdm_company_${table}_dataareaid_id`, column: companyColumn, label: 'Company', to: 'cdm_Company' }]
    : [];
  const relations = (entity.relations ?? []).map((relation) => ({
    name: relationshipName(entity.name, relation),
    column: relationColumn(relation),
    externalName: relationshipExternalName(relation),
    label: labelOf(relation.name),
    to: virtualTableName(relation.to),
  }));
  const synthetic = (entity.syntheticRelations ?? []).map((relation) => ({
    name: `mserp_${entity.name}_${relation.name}`,
    column: syntheticColumn(relation),
    label: relation.label,
    to: relation.nativeTable,
  }));
  const columns = new Set<string>();
  // One that is too long is left out in silence, as is a second one to the same table.
  return [...company, ...relations, ...synthetic].filter(
    ({ name, column, to }) =>
      (to === table || isThere(to.toLowerCase())) &&
      name.length <= longestRelationshipName &&
      !columns.has(column) &&
      columns.add(column),
  );
}

/** Columns the table does not have yet. */
function attributesXml(generating: Generating, table: string, relationships: readonly Relationship[]): string {
  const { entity, enums, hasColumn } = generating;
  const primary = {
    name: primaryColumn,
    type: 'nvarchar',
    label: 'Name',
    isPrimaryName: true,
    isReadOnly: true,
    more: '<Format>text</Format><MaxLength>255</MaxLength><Length>510</Length>',
  };
  const fields = [...entity.fields.values()].map((field): [string, string | undefined] => [
    columnName(field.name),
    fieldXml(
      field,
      entity.key.includes(field.name),
      (name) => enums[name] !== undefined,
      (text, { name }) => ({ text, id: generating.labelId(entity, name), languages: generating.languages }),
    ),
  ]);
  const all: [string, string | undefined][] = [
    [`${table}id`, keyXml(`${table}id`, `${entity.label} (mserp)`)],
    [primaryColumn, columnXml(primary)],
    ...fields,
    ...relationships.map(({ column, label: text, externalName }): [string, string] => [
      column,
      lookupXml(column, text, externalName),
    ]),
  ];
  return all.map(([name, xml]) => (hasColumn(name) ? '' : (xml ?? ''))).join('');
}

function tableXml(generating: Generating, table: string, relationships: readonly Relationship[]): string {
  const { entity, isThere, changeTracking } = generating;
  const display = escapeXml(`${entity.label} (mserp)`);
  const views = isThere(table) ? '' : viewsXml(entity, table);
  return `<Entity><Name LocalizedName="${display}" OriginalName="${display}">${table}</Name><EntityInfo><entity Name="${table}">
${isThere(table) ? '' : nameXml(generating)}<attributes>${attributesXml(generating, table, relationships)}</attributes>
<EntitySetName>${entitySetName(table)}</EntitySetName><DataProviderId>{${dataProviderId}}</DataProviderId>
<DataSourceId>{${dataSourceId}}</DataSourceId><OwnershipTypeMask>OrgOwned</OwnershipTypeMask>
<ChangeTrackingEnabled>${changeTracking ? 1 : 0}</ChangeTrackingEnabled><ExternalName>${entity.name}</ExternalName>
<ExternalCollectionName>${entity.set}</ExternalCollectionName></entity></EntityInfo><FormXml />
<SavedQueries><savedqueries>${views}</savedqueries></SavedQueries><RibbonDiffXml /></Entity>`;
}

function nameXml({ entity, labelId, languages }: Generating): string {
  const display = { text: `${entity.label} (mserp)`, id: `${labelId(entity)} (mserp)`, languages };
  return `${labels('LocalizedNames', 'LocalizedName', display)}${labels('LocalizedCollectionNames', 'LocalizedCollectionName', display)}<Descriptions />`;
}

/** Columns of the views: the key, then the first texts. A GUID has no column. */
function shownFields({ key, fields }: DataEntity): EntityField[] {
  const others = [...fields.values()].filter(
    ({ name, type }) => !key.includes(name) && type !== 'guid' && type !== 'enum',
  );
  const keyFields = key.map((name) => fields.get(name)!).filter(({ type }) => type !== 'guid');
  return [...keyFields, ...others.slice(0, 6)];
}

const quickFind = 4;

function viewsXml(entity: DataEntity, table: string): string {
  const columns = shownFields(entity).map(({ name }) => columnName(name));
  const cells = columns.map((name) => `<cell name="${name}" width="140" />`).join('');
  const read = [`${table}id`, ...columns].map((name) => `<attribute name="${name}" />`).join('');
  const order = `<order attribute="${columns[entity.isCompanyBound ? 1 : 0] ?? columns[0]}" descending="false" />`;
  return [
    { type: 0, name: `All ${entity.label} (mserp)` },
    // Columns to find rows by are for makers to add.
    { type: quickFind, name: `Quick Find ${entity.label} (mserp)` },
    { type: 64, name: 'Lookup View' },
  ]
    .map(
      ({
        type,
        name,
      }) => `<savedquery><IsCustomizable>1</IsCustomizable><isquickfindquery>${type === quickFind ? 1 : 0}</isquickfindquery><isdefault>1</isdefault>
<savedqueryid>${guidOf('view', table, String(type))}</savedqueryid><layoutxml><grid name="resultset" jump="${primaryColumn}" select="1" icon="1" preview="1">
<row name="result" id="${table}id">${cells}</row></grid></layoutxml><querytype>${type}</querytype>
<fetchxml><fetch version="1.0" mapping="logical"><entity name="${table}">${read}${order}</entity></fetch></fetchxml>
<LocalizedNames>${label('LocalizedName', name)}</LocalizedNames></savedquery>`,
    )
    .join('');
}

const cascades = ['Assign', 'Delete', 'Reparent', 'Share', 'Unshare'];

function relationshipXml(table: string, { name, column, to }: Relationship): string {
  const kept = cascades.map((verb) => `<Cascade${verb}>NoCascade</Cascade${verb}>`).join('');
  const role = (type: number, navigation: string) =>
    `<EntityRelationshipRole><NavigationPropertyName>${navigation}</NavigationPropertyName><RelationshipRoleType>${type}</RelationshipRoleType></EntityRelationshipRole>`;
  return `<EntityRelationship Name="${name}"><EntityRelationshipType>OneToMany</EntityRelationshipType>
<ReferencingEntityName>${table}</ReferencingEntityName><ReferencedEntityName>${to}</ReferencedEntityName>${kept}
<ReferencingAttributeName>${column}</ReferencingAttributeName>
<EntityRelationshipRoles>${role(1, column)}${role(0, name)}</EntityRelationshipRoles></EntityRelationship>`;
}
