import { parseXml, writeZip, type SolutionPackage } from '../../packaging/index.ts';

/** One component of a solution: its root component, the node it has in `customizations.xml`, its files. */
export interface Part {
  readonly root?: string;
  /** Element of `customizations.xml` the node goes into. */
  readonly list?: string;
  readonly node?: string;
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

export interface SolutionOptions {
  readonly name?: string;
  readonly version?: string;
  readonly managed?: string;
  readonly publisher?: string;
  readonly prefix?: string;
  readonly optionPrefix?: string;
  /** Inside `MissingDependencies`. */
  readonly dependencies?: string;
  /** Further root components, as XML. */
  readonly roots?: string;
}

const label = (name: string, text: string) => `<${name} description="${text}" languagecode="1033" />`;
export const names = (text: string) => `<LocalizedNames>${label('LocalizedName', text)}</LocalizedNames>`;

/** A solution package made of parts; unless said otherwise `Orchard` 1.0 by `orchard`, prefix `ora`, unmanaged. */
export function aSolution(parts: readonly Part[], options: SolutionOptions = {}): SolutionPackage {
  const { name = 'Orchard', version = '1.0.0.0', managed = '0', publisher = 'orchard', prefix = 'ora' } = options;
  const roots = parts.map((part) => part.root ?? '').join('') + (options.roots ?? '');
  const manifest = `<ImportExportXml version="9.2"><SolutionManifest><UniqueName>${name}</UniqueName>${names(name)}<Descriptions />
    <Version>${version}</Version><Managed>${managed}</Managed>
    <Publisher><UniqueName>${publisher}</UniqueName>${names(publisher)}<Descriptions /><CustomizationPrefix>${prefix}</CustomizationPrefix>
    <CustomizationOptionValuePrefix>${options.optionPrefix ?? '47219'}</CustomizationOptionValuePrefix></Publisher>
    <RootComponents>${roots}</RootComponents><MissingDependencies>${options.dependencies ?? ''}</MissingDependencies>
    </SolutionManifest></ImportExportXml>`;
  const lists = new Map<string, string[]>();
  for (const { list, node } of parts) if (list !== undefined) lists.set(list, [...(lists.get(list) ?? []), node ?? '']);
  const inner = [...lists].map(([list, nodes]) => `<${list}>${nodes.join('')}</${list}>`).join('');
  const files = parts.flatMap((part) => Object.entries(part.files ?? {}));
  return {
    manifest: parseXml(manifest, 'solution.xml'),
    customizations: parseXml(`<ImportExportXml>${inner}</ImportExportXml>`, 'customizations.xml'),
    files: new Map(files.map(([path, content]) => [path, Buffer.from(content)])),
  };
}

/** The package as the zip a client sends. */
export const zipped = (...given: Parameters<typeof aSolution>): Promise<Buffer> => writeZip(aSolution(...given));

const root = (type: number, key: string) => `<RootComponent type="${type}" ${key} behavior="0" />`;

export interface ColumnOptions {
  readonly type?: string;
  readonly required?: string;
  readonly isCustom?: boolean;
  /** Further elements, e.g. `<MaxLength>100</MaxLength>`. */
  readonly more?: string;
}

/** An `attribute` node; a text of 100 characters unless said otherwise. */
export function aColumn(schemaName: string, options: ColumnOptions = {}): string {
  const { type = 'nvarchar', required = 'none', isCustom = true, more = '<MaxLength>100</MaxLength>' } = options;
  const display = `<displaynames>${label('displayname', schemaName)}</displaynames>`;
  return `<attribute PhysicalName="${schemaName}"><Type>${type}</Type><LogicalName>${schemaName.toLowerCase()}</LogicalName>
    <RequiredLevel>${required}</RequiredLevel><DisplayMask>ValidForForm</DisplayMask><ValidForUpdateApi>1</ValidForUpdateApi>
    <ValidForReadApi>1</ValidForReadApi><ValidForCreateApi>1</ValidForCreateApi><IsCustomField>${isCustom ? 1 : 0}</IsCustomField>${more}${display}</attribute>`;
}

export const aPrimaryName = (schemaName: string) =>
  aColumn(schemaName).replace('>ValidForForm<', '>PrimaryName|ValidForForm|RequiredForForm<');
export const aPrimaryKey = (schemaName: string) =>
  aColumn(schemaName, { type: 'primarykey', isCustom: false, more: '' });

export interface TableOptions {
  readonly columns?: string;
  /** Replaces key and primary name. */
  readonly base?: string;
  readonly keys?: string;
  readonly ownership?: string;
  readonly setName?: string;
  readonly entity?: string;
  readonly forms?: string;
  readonly views?: string;
  readonly more?: string;
}

/** A new organisation-owned table with key and primary name. */
export function aTable(schemaName: string, options: TableOptions = {}): Part {
  const { columns = '', keys = '', ownership = 'OrgOwned', setName = '', entity = '' } = options;
  const base = options.base ?? aPrimaryKey(`${schemaName}Id`) + aPrimaryName(`${schemaName.split('_')[0]}_Name`);
  const plural = `<LocalizedCollectionNames>${label('LocalizedCollectionName', `${schemaName}s`)}</LocalizedCollectionNames>`;
  const info = `<EntityInfo><entity Name="${schemaName}">${names(schemaName)}${plural}<Descriptions /><attributes>${base}${columns}</attributes>
    <EntityKeys>${keys}</EntityKeys><EntitySetName>${setName}</EntitySetName><OwnershipTypeMask>${ownership}</OwnershipTypeMask>${entity}</entity></EntityInfo>`;
  return anEntity(schemaName, info, options);
}

/** What a solution adds to a table that is there: columns, forms, views. */
export function anExtension(schemaName: string, options: TableOptions = {}): Part {
  const attributes = `<attributes>${options.columns ?? ''}</attributes>`;
  const info = `<EntityInfo><entity Name="${schemaName}" unmodified="1">${attributes}<EntityKeys>${options.keys ?? ''}</EntityKeys>${options.entity ?? ''}</entity></EntityInfo>`;
  return anEntity(schemaName, info, options);
}

function anEntity(schemaName: string, info: string, { forms = '', views = '', more = '' }: TableOptions): Part {
  return {
    root: root(1, `schemaName="${schemaName.toLowerCase()}"`),
    list: 'Entities',
    node: `<Entity><Name>${schemaName}</Name>${info}<FormXml>${forms}</FormXml><SavedQueries><savedqueries>${views}</savedqueries></SavedQueries>${more}</Entity>`,
  };
}

export const aKey = (name: string, ...columns: string[]) =>
  `<EntityKey><LogicalName>${name}</LogicalName><EntityKeyAttributes>${columns.map((one) => `<AttributeName>${one}</AttributeName>`).join('')}</EntityKeyAttributes></EntityKey>`;

export const aLookup = (schemaName: string, required = 'none') =>
  aColumn(schemaName, { type: 'lookup', required, more: '' });

export interface RelationshipOptions {
  readonly from: string;
  readonly column: string;
  readonly to: string;
  readonly onDelete?: string;
  readonly navigation?: string;
}

export function aRelationship(name: string, options: RelationshipOptions): Part {
  const { from, column, to, onDelete = 'RemoveLink', navigation = column } = options;
  const role = (type: number, property: string) =>
    `<EntityRelationshipRole><NavigationPropertyName>${property}</NavigationPropertyName><RelationshipRoleType>${type}</RelationshipRoleType></EntityRelationshipRole>`;
  return {
    list: 'EntityRelationships',
    node: `<EntityRelationship Name="${name}"><EntityRelationshipType>OneToMany</EntityRelationshipType><ReferencingEntityName>${from}</ReferencingEntityName>
      <ReferencedEntityName>${to}</ReferencedEntityName><CascadeDelete>${onDelete}</CascadeDelete><ReferencingAttributeName>${column}</ReferencingAttributeName>
      <EntityRelationshipRoles>${role(1, navigation)}${role(0, name)}</EntityRelationshipRoles></EntityRelationship>`,
  };
}

export const aManyToMany = (name: string, first: string, second: string): Part => ({
  list: 'EntityRelationships',
  node: `<EntityRelationship Name="${name}"><EntityRelationshipType>ManyToMany</EntityRelationshipType><FirstEntityName>${first}</FirstEntityName><SecondEntityName>${second}</SecondEntityName><IntersectEntityName>${name}</IntersectEntityName></EntityRelationship>`,
});

/** Options by value, e.g. `{ 472190000: 'Apple' }`. */
export function anOptionSet(name: string, options: Readonly<Record<number, string>>, isGlobal: boolean): string {
  const items = Object.entries(options).map(
    ([value, text]) => `<option value="${value}"><labels>${label('label', text)}</labels></option>`,
  );
  return `<optionset Name="${name}"><OptionSetType>picklist</OptionSetType><IsGlobal>${isGlobal ? 1 : 0}</IsGlobal><displaynames>${label('displayname', name)}</displaynames><options>${items.join('')}</options></optionset>`;
}

export const aChoice = (name: string, options: Readonly<Record<number, string>>): Part => ({
  root: root(9, `schemaName="${name}"`),
  list: 'optionsets',
  node: anOptionSet(name, options, true),
});

export function aForm(id: string, form: string, { type = 'main', name = 'Information' } = {}): string {
  return `<forms type="${type}"><systemform><formid>{${id}}</formid><FormPresentation>1</FormPresentation><FormActivationState>1</FormActivationState><form>${form}</form>${names(name)}</systemform></forms>`;
}

/** One tab with one section that shows these controls, given as XML. */
export function aTab(...controls: string[]): string {
  const rows = controls.map((control, index) => `<row><cell id="{cell-${index}}">${control}</cell></row>`);
  return `<tabs><tab id="{tab}"><columns><column><sections><section id="{section}"><rows>${rows.join('')}</rows></section></sections></column></columns></tab></tabs>`;
}

export const aField = (column: string, more = '') => `<control id="${column}" datafieldname="${column}" ${more} />`;

export const aView = (id: string, fetch: string, name = 'Active') =>
  `<savedquery><savedqueryid>{${id}}</savedqueryid><layoutxml><grid name="resultset" /></layoutxml><querytype>0</querytype><fetchxml><fetch version="1.0">${fetch}</fetch></fetchxml>${names(name)}</savedquery>`;

export interface WebResourceOptions {
  readonly id?: string;
  readonly type?: number;
  readonly content?: string;
  readonly path?: string;
}

export function aWebResource(name: string, options: WebResourceOptions = {}): Part {
  const { id = '5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7e14', type = 3, content = '// script' } = options;
  const path = options.path ?? `WebResources/${id}`;
  return {
    root: root(61, `schemaName="${name}"`),
    list: 'WebResources',
    node: `<WebResource><WebResourceId>{${id}}</WebResourceId><Name>${name}</Name><DisplayName>${name}</DisplayName><WebResourceType>${type}</WebResourceType><FileName>/WebResources/${id}</FileName></WebResource>`,
    files: { [path]: content },
  };
}

export interface ControlOptions {
  readonly manifest?: string;
  readonly version?: string;
  readonly bundle?: string;
  /** Files of the control's folder beside the manifest; replaces the bundle. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A control `<prefix>_<namespace>.<constructor>` with one bundle. */
export function aControl(name: string, options: ControlOptions = {}): Part {
  const [namespace, constructor] = name.slice(name.indexOf('_') + 1).split('.');
  const manifest =
    options.manifest ??
    `<manifest><control namespace="${namespace}" constructor="${constructor}" version="${options.version ?? '1.0.0'}"><resources><code path="bundle.js" order="1" /></resources></control></manifest>`;
  const files = options.files ?? { 'bundle.js': options.bundle ?? '// bundle' };
  return {
    root: root(66, `schemaName="${name}"`),
    list: 'CustomControls',
    node: `<CustomControl><Name>${name}</Name><FileName>/Controls/${name}/ControlManifest.xml</FileName></CustomControl>`,
    files: {
      [`Controls/${name}/ControlManifest.xml`]: manifest,
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`Controls/${name}/${path}`, text])),
    },
  };
}

/** A role; privileges by name with their level. */
export const aRole = (id: string, name: string, privileges: Readonly<Record<string, string>>): Part => ({
  root: root(20, `id="{${id}}"`),
  list: 'Roles',
  node: `<Role id="{${id}}" name="${name}"><RolePrivileges>${Object.entries(privileges)
    .map(([privilege, level]) => `<RolePrivilege name="${privilege}" level="${level}" />`)
    .join('')}</RolePrivileges></Role>`,
});

export const aConnectionReference = (
  name: string,
  connector = '/providers/Microsoft.PowerApps/apis/shared_x',
): Part => ({
  list: 'connectionreferences',
  node: `<connectionreference connectionreferencelogicalname="${name}"><connectionreferencedisplayname>${name}</connectionreferencedisplayname><connectorid>${connector}</connectorid></connectionreference>`,
});

/** The JSON of a flow with one trigger, using these connection references by key. */
export const flowJson = (connections: Readonly<Record<string, string>> = {}, version = '1.0.0.0') =>
  JSON.stringify({
    properties: {
      connectionReferences: Object.fromEntries(
        Object.entries(connections).map(([key, name]) => [
          key,
          { connection: { connectionReferenceLogicalName: name }, api: { name: key } },
        ]),
      ),
      definition: { contentVersion: version, triggers: { manual: { type: 'Request' } }, actions: {} },
    },
  });

export interface FlowOptions {
  readonly json?: string;
  readonly category?: number;
  readonly state?: number;
}

export function aFlow(
  id: string,
  name: string,
  { json = flowJson(), category = 5, state = 1 }: FlowOptions = {},
): Part {
  const path = `Workflows/${name}-${id.toUpperCase()}.json`;
  return {
    root: root(29, `id="{${id}}"`),
    list: 'Workflows',
    node: `<Workflow WorkflowId="{${id}}" Name="${name}"><JsonFileName>/${path}</JsonFileName><Type>1</Type><Category>${category}</Category><StateCode>${state}</StateCode><StatusCode>${state + 1}</StatusCode></Workflow>`,
    files: { [path]: json },
  };
}

export const aSiteMap = (name: string, subAreas: string): Part => ({
  root: root(62, `schemaName="${name}"`),
  list: 'AppModuleSiteMaps',
  node: `<AppModuleSiteMap><SiteMapUniqueName>${name}</SiteMapUniqueName><SiteMap><Area Id="area"><Group Id="group">${subAreas}</Group></Area></SiteMap>${names(name)}</AppModuleSiteMap>`,
});

/** An app of these components, given as XML attributes, e.g. `type="1" schemaName="account"`. */
export const anApp = (name: string, components: readonly string[], roles: readonly string[] = []): Part => ({
  root: root(80, `schemaName="${name}"`),
  list: 'AppModules',
  node: `<AppModule><UniqueName>${name}</UniqueName><AppModuleComponents>${components.map((one) => `<AppModuleComponent ${one} />`).join('')}</AppModuleComponents><AppModuleRoleMaps>${roles.map((id) => `<Role id="{${id}}" />`).join('')}</AppModuleRoleMaps>${names(name)}</AppModule>`,
});

export interface VariableOptions {
  readonly type?: number;
  readonly defaultValue?: string;
  readonly value?: string;
  readonly folder?: string;
}

export function anEnvironmentVariable(name: string, options: VariableOptions = {}): Part {
  const { type = 100000000, defaultValue = '', value, folder = name } = options;
  const xml = `<environmentvariabledefinition schemaname="${name}"><defaultvalue>${defaultValue}</defaultvalue><displayname default="${name}" /><type>${type}</type></environmentvariabledefinition>`;
  const values = JSON.stringify({ environmentvariablevalues: { environmentvariablevalue: { value } } });
  const path = `environmentvariabledefinitions/${folder}`;
  return {
    files: {
      [`${path}/environmentvariabledefinition.xml`]: xml,
      ...(value === undefined ? {} : { [`${path}/environmentvariablevalues.json`]: values }),
    },
  };
}

/** A command of a model-driven app; `inner` are further elements of its file. */
export const anAppAction = (name: string, inner: string): Part => ({
  files: {
    [`appactions/${name}/appaction.xml`]: `<appaction uniquename="${name}"><buttonlabeltext default="Ship"><label description="Ship" languagecode="1033" /></buttonlabeltext><name>${name}</name>${inner}</appaction>`,
  },
});

/** The control all grids of a table are shown in. */
export const aDefaultControl = (control: string): string =>
  `<CustomControlDefaultConfigs><CustomControlDefaultConfig><ControlDescriptionXML><controlDescriptions><controlDescription><customControl formFactor="2" name="${control}"><parameters><data-set name="rows"><columnsDefaultView /></data-set></parameters></customControl></controlDescription></controlDescriptions></ControlDescriptionXML></CustomControlDefaultConfig></CustomControlDefaultConfigs>`;
