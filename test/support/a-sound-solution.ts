/** A package that is right in every point the check looks at, as texts, so that a test can spoil one of them. */
import { parseXml, type SolutionPackage } from '../../packaging/index.ts';

/** The texts of a package; files by path. */
export interface PackageTexts {
  manifest: string;
  customizations: string;
  files: Record<string, string | Buffer>;
}

export const soundIds = {
  script: '5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7e14',
  icon: '5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7e15',
  role: 'aaaaaaaa-0000-4000-8000-000000000001',
  profile: 'aaaaaaaa-0000-4000-8000-000000000002',
  ship: 'bbbbbbbb-0000-4000-8000-000000000001',
  weigh: 'bbbbbbbb-0000-4000-8000-000000000002',
  mainForm: 'cccccccc-0000-4000-8000-000000000001',
  quickForm: 'cccccccc-0000-4000-8000-000000000002',
  cardForm: 'cccccccc-0000-4000-8000-000000000003',
} as const;

const label = (name: string, text: string) => `<${name} description="${text}" languagecode="1033" />`;
const names = (text: string) => `<LocalizedNames>${label('LocalizedName', text)}</LocalizedNames>`;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly mask?: string;
  readonly required?: string;
  readonly custom?: boolean;
  readonly secured?: boolean;
  /** Elements of this type of column. */
  readonly more?: string;
}

const allPlaces = 'ValidForAdvancedFind|ValidForForm|ValidForGrid';

function column({
  name,
  type,
  mask = allPlaces,
  required = 'none',
  custom = true,
  secured = false,
  more = '',
}: Column) {
  const logicalName = name.toLowerCase();
  const flags = ['IsCustomizable', 'IsRenameable', 'CanModifySearchSettings', 'CanModifyRequirementLevelSettings'];
  return `<attribute PhysicalName="${name}"><Type>${type}</Type><Name>${logicalName}</Name><LogicalName>${logicalName}</LogicalName><RequiredLevel>${required}</RequiredLevel><DisplayMask>${mask}</DisplayMask><ImeMode>auto</ImeMode><ValidForUpdateApi>1</ValidForUpdateApi><ValidForReadApi>1</ValidForReadApi><ValidForCreateApi>1</ValidForCreateApi><IsCustomField>${custom ? 1 : 0}</IsCustomField><IsAuditEnabled>1</IsAuditEnabled><IsSecured>${secured ? 1 : 0}</IsSecured><IntroducedVersion>1.0.0.0</IntroducedVersion>${flags.map((flag) => `<${flag}>1</${flag}>`).join('')}<SourceType>0</SourceType><AutoNumberFormat></AutoNumberFormat><IsSearchable>${mask.startsWith('PrimaryName') ? 1 : 0}</IsSearchable><IsFilterable>0</IsFilterable><IsRetrievable>0</IsRetrievable><IsLocalizable>0</IsLocalizable>${more}<displaynames>${label('displayname', logicalName)}</displaynames></attribute>`;
}

const system = (name: string, type: string, more = '', required = 'none') =>
  column({ name, type, required, custom: false, more });
const lookup = '<LookupStyle>single</LookupStyle><LookupTypes />';
const moment =
  '<Format>datetime</Format><CanChangeDateTimeBehavior>0</CanChangeDateTimeBehavior><Behavior>1</Behavior>';
const number = (min: number, max: number) => `<Format></Format><MinValue>${min}</MinValue><MaxValue>${max}</MaxValue>`;

const states = (table: string) =>
  system(
    'statecode',
    'state',
    `<optionset Name="${table}_statecode"><OptionSetType>state</OptionSetType><states><state value="0" defaultstatus="1" invariantname="Active"><labels>${label('label', 'Active')}</labels></state><state value="1" defaultstatus="2" invariantname="Inactive"><labels>${label('label', 'Inactive')}</labels></state></states></optionset>`,
    'systemrequired',
  ) +
  system(
    'statuscode',
    'status',
    `<optionset Name="${table}_statuscode"><OptionSetType>status</OptionSetType><statuses><status value="1" state="0"><labels>${label('label', 'Active')}</labels></status><status value="2" state="1"><labels>${label('label', 'Inactive')}</labels></status></statuses></optionset>`,
  );

/** What every user-owned table has beside its own columns. */
const systemColumns = (table: string) =>
  [
    column({
      name: `${table}Id`,
      type: 'primarykey',
      mask: 'ValidForAdvancedFind|RequiredForGrid',
      required: 'systemrequired',
      custom: false,
    }),
    column({
      name: 'ora_Name',
      type: 'nvarchar',
      mask: `PrimaryName|${allPlaces}|RequiredForForm`,
      required: 'required',
      more: '<Format>text</Format><MaxLength>100</MaxLength><Length>200</Length>',
    }),
    ...[
      'CreatedBy',
      'CreatedOnBehalfBy',
      'ModifiedBy',
      'ModifiedOnBehalfBy',
      'OwningBusinessUnit',
      'OwningTeam',
      'OwningUser',
    ].map((name) => system(name, 'lookup', lookup)),
    ...['CreatedOn', 'ModifiedOn', 'OverriddenCreatedOn'].map((name) => system(name, 'datetime', moment)),
    system('ImportSequenceNumber', 'int', number(-2147483648, 2147483647)),
    ...['TimeZoneRuleVersionNumber', 'UTCConversionTimeZoneCode'].map((name) =>
      system(name, 'int', number(-1, 2147483647)),
    ),
    system(
      'OwnerId',
      'owner',
      '<LookupStyle>single</LookupStyle><LookupTypes><LookupType id="00000000-0000-0000-0000-000000000000">8</LookupType><LookupType id="00000000-0000-0000-0000-000000000000">9</LookupType></LookupTypes>',
      'systemrequired',
    ),
    states(table.toLowerCase()),
  ].join('');

const relationship = (
  name: string,
  from: string,
  field: string,
  to: string,
  { onDelete = 'NoCascade', roles = '' } = {},
) =>
  `<EntityRelationship Name="${name}"><EntityRelationshipType>OneToMany</EntityRelationshipType><IsCustomizable>1</IsCustomizable><IntroducedVersion>1.0.0.0</IntroducedVersion><IsHierarchical>0</IsHierarchical><ReferencingEntityName>${from}</ReferencingEntityName><ReferencedEntityName>${to}</ReferencedEntityName><CascadeAssign>NoCascade</CascadeAssign><CascadeDelete>${onDelete}</CascadeDelete><CascadeReparent>NoCascade</CascadeReparent><CascadeShare>NoCascade</CascadeShare><CascadeUnshare>NoCascade</CascadeUnshare><ReferencingAttributeName>${field}</ReferencingAttributeName>${roles}</EntityRelationship>`;

/** A relationship of our own says what it is called on both sides. */
const ownRelationship = (name: string, from: string, field: string, to: string, navigation = field) => {
  const role = (property: string, type: number) =>
    `<EntityRelationshipRole><NavigationPropertyName>${property}</NavigationPropertyName><RelationshipRoleType>${type}</RelationshipRoleType></EntityRelationshipRole>`;
  const roles = `<EntityRelationshipRoles>${role(navigation, 1)}${role(name, 0)}</EntityRelationshipRoles>`;
  return relationship(name, from, field, to, { onDelete: 'RemoveLink', roles });
};

const systemRelationships = (table: string) =>
  [
    relationship(`lk_${table}_createdby`, table, 'CreatedBy', 'SystemUser'),
    relationship(`lk_${table}_modifiedby`, table, 'ModifiedBy', 'SystemUser'),
    relationship(`business_unit_${table}`, table, 'OwningBusinessUnit', 'BusinessUnit'),
    relationship(`owner_${table}`, table, 'OwnerId', 'Owner'),
    relationship(`team_${table}`, table, 'OwningTeam', 'Team'),
    relationship(`user_${table}`, table, 'OwningUser', 'SystemUser'),
  ].join('');

const view = (table: string, digit: string, kind: number, more = '') =>
  `<savedquery><IsCustomizable>1</IsCustomizable><CanBeDeleted>0</CanBeDeleted><isquickfindquery>${kind === 4 ? 1 : 0}</isquickfindquery><isprivate>0</isprivate><isdefault>${digit === '1' ? 0 : 1}</isdefault><savedqueryid>{${digit.repeat(8)}-0000-4000-8000-${Buffer.from(table).toString('hex').slice(-12)}}</savedqueryid><layoutxml><grid name="resultset" jump="ora_name" select="1" icon="1" preview="1"><row name="result" id="${table}id"><cell name="ora_name" width="300" /></row></grid></layoutxml><querytype>${kind}</querytype><fetchxml><fetch version="1.0" mapping="logical"><entity name="${table}"><attribute name="${table}id" /><attribute name="ora_name" /><order attribute="ora_name" descending="false" />${more}</entity></fetch></fetchxml><IntroducedVersion>1.0.0.0</IntroducedVersion>${names(`View ${kind}`)}</savedquery>`;

const views = (table: string) =>
  view(table, '0', 0, '<filter type="and"><condition attribute="statecode" operator="eq" value="0" /></filter>') +
  view(table, '1', 0, '<filter type="and"><condition attribute="statecode" operator="eq" value="1" /></filter>') +
  view(table, '2', 1) +
  view(table, '3', 2) +
  view(
    table,
    '4',
    4,
    '<filter type="or" isquickfindfields="1"><condition attribute="ora_name" operator="like" value="{0}" /></filter>',
  ) +
  view(table, '5', 64);

const emptyRibbon =
  '<RibbonDiffXml><CustomActions /><Templates><RibbonTemplates Id="Mscrm.Templates"></RibbonTemplates></Templates><CommandDefinitions /><RuleDefinitions><TabDisplayRules /><DisplayRules /><EnableRules /></RuleDefinitions><LocLabels /></RibbonDiffXml>';

const table = (name: string, own: { columns?: string; keys?: string; forms?: string; ribbon?: string }) =>
  `<Entity><Name LocalizedName="${name}" OriginalName="${name}">${name}</Name><EntityInfo><entity Name="${name}">${names(name)}<LocalizedCollectionNames>${label('LocalizedCollectionName', `${name}s`)}</LocalizedCollectionNames><attributes>${systemColumns(name)}${own.columns ?? ''}</attributes>${own.keys ?? ''}<EntitySetName>${name.toLowerCase()}s</EntitySetName><OwnershipTypeMask>UserOwned</OwnershipTypeMask><IntroducedVersion>1.0.0.0</IntroducedVersion></entity></EntityInfo><FormXml>${own.forms ?? ''}</FormXml><SavedQueries><savedqueries>${views(name.toLowerCase())}</savedqueries></SavedQueries>${own.ribbon ?? emptyRibbon}</Entity>`;

const cell = (id: string, control: string) =>
  `<row><cell id="{${id}}"><labels>${label('label', id)}</labels>${control}</cell></row>`;
const textClass = '{4273EDBD-AC1D-40D3-9FB2-095C621B552D}';
const customClass = '{F9A8A302-114E-466A-B582-6771B2AE0D92}';
const subgridClass = '{E7A81278-8635-4D9E-8D4D-59480B391C5B}';

const body = (rows: string) =>
  `<tabs><tab name="tab" id="{aaaa0000-0000-4000-8000-000000000001}"><labels>${label('label', 'Box')}</labels><columns><column width="100%"><sections><section name="section" id="{aaaa0000-0000-4000-8000-000000000002}" columns="1"><labels>${label('label', 'Box')}</labels><rows>${rows}</rows></section></sections></column></columns></tab></tabs>`;
const nameCell = cell(
  'aaaa0000-0000-4000-8000-000000000003',
  `<control id="ora_name" classid="${textClass}" datafieldname="ora_name" disabled="false" />`,
);
const form = (id: string, type: string, inner: string, name: string = type) =>
  `<forms type="${type}"><systemform><formid>{${id}}</formid><IntroducedVersion>1.0.0.0</IntroducedVersion><FormPresentation>1</FormPresentation><FormActivationState>1</FormActivationState><form>${inner}</form><IsCustomizable>1</IsCustomizable><CanBeDeleted>1</CanBeDeleted>${names(name)}</systemform></forms>`;

const onForm = (factor: number) =>
  `<customControl formFactor="${factor}" name="ora_Orchard.RipenessBar"><parameters><value>ora_ripeness</value><caption static="true" type="SingleLine.Text">Ripe at 80</caption></parameters></customControl>`;

const boxForm = form(
  soundIds.mainForm,
  'main',
  body(
    nameCell +
      cell(
        'aaaa0000-0000-4000-8000-000000000004',
        `<control id="ora_ripeness" classid="${customClass}" datafieldname="ora_ripeness" uniqueid="{aaaa0000-0000-4000-8000-00000000000a}" />`,
      ) +
      cell(
        'aaaa0000-0000-4000-8000-000000000005',
        `<control id="parcels" classid="${subgridClass}" indicationOfSubgrid="true"><parameters><TargetEntityType>ora_parcel</TargetEntityType><ViewId>{00000000-0000-4000-8000-70617263656c}</ViewId><RelationshipName>ora_fruitbox_parcel</RelationshipName></parameters></control>`,
      ),
  ) +
    `<events><event name="onload" application="false" active="false"><Handlers><Handler functionName="Orchard.FruitBox.onLoad" libraryName="ora_/scripts/fruitbox.js" handlerUniqueId="{aaaa0000-0000-4000-8000-00000000000b}" enabled="true" parameters="" passExecutionContext="true" /></Handlers></event><event name="onchange" application="false" active="false" attribute="ora_ripeness"><Handlers><Handler functionName="Orchard.FruitBox.onLoad" libraryName="ora_/scripts/fruitbox.js" handlerUniqueId="{aaaa0000-0000-4000-8000-00000000000c}" enabled="true" parameters="" passExecutionContext="true" /></Handlers></event></events><formLibraries><Library name="ora_/scripts/fruitbox.js" libraryUniqueId="{aaaa0000-0000-4000-8000-00000000000d}" /></formLibraries><controlDescriptions><controlDescription forControl="{aaaa0000-0000-4000-8000-00000000000a}">${[0, 1, 2].map(onForm).join('')}</controlDescription></controlDescriptions>`,
  'Box',
);

const ribbon = `<RibbonDiffXml><CustomActions><CustomAction Id="ora.fruitbox.form.ship.action" Location="Mscrm.Form.ora_fruitbox.MainTab.Save.Controls._children" Sequence="40"><CommandUIDefinition><Button Id="ora.fruitbox.form.ship" Command="ora.fruitbox.ship.command" Sequence="40" LabelText="$LocLabels:ora.fruitbox.ship.label" TemplateAlias="o1" ModernImage="$webresource:ora_/icons/ship.svg" /></CommandUIDefinition></CustomAction></CustomActions><Templates><RibbonTemplates Id="Mscrm.Templates"></RibbonTemplates></Templates><CommandDefinitions><CommandDefinition Id="ora.fruitbox.ship.command"><EnableRules><EnableRule Id="ora.fruitbox.ship.saved" /></EnableRules><DisplayRules><DisplayRule Id="ora.fruitbox.ship.canwrite" /></DisplayRules><Actions><JavaScriptFunction FunctionName="Orchard.FruitBox.ship" Library="$webresource:ora_/scripts/fruitbox.js"><CrmParameter Value="PrimaryControl" /></JavaScriptFunction></Actions></CommandDefinition></CommandDefinitions><RuleDefinitions><TabDisplayRules /><DisplayRules><DisplayRule Id="ora.fruitbox.ship.canwrite"><EntityPrivilegeRule EntityName="ora_fruitbox" PrivilegeType="Write" PrivilegeDepth="Basic" /></DisplayRule></DisplayRules><EnableRules><EnableRule Id="ora.fruitbox.ship.saved"><FormStateRule State="Existing" /></EnableRule></EnableRules></RuleDefinitions><LocLabels><LocLabel Id="ora.fruitbox.ship.label"><Titles><Title description="Ship" languagecode="1033" /></Titles></LocLabel></LocLabels></RibbonDiffXml>`;

const boxColumns = [
  column({
    name: 'ora_Ripeness',
    type: 'int',
    more: '<Format>none</Format><MinValue>0</MinValue><MaxValue>100</MaxValue>',
  }),
  column({ name: 'ora_Note', type: 'ntext', more: '<Format>text</Format><MaxLength>2000</MaxLength>' }),
  column({
    name: 'ora_Cost',
    type: 'money',
    more: '<MinValue>0</MinValue><MaxValue>1000000</MaxValue><Accuracy>2</Accuracy><AccuracySource>2</AccuracySource>',
  }),
  column({
    name: 'ora_cost_Base',
    type: 'money',
    more: '<MinValue>-922337203685477</MinValue><MaxValue>922337203685477</MaxValue><Accuracy>2</Accuracy><AccuracySource>2</AccuracySource><CalculationOf>ora_Cost</CalculationOf>',
  }),
  system('TransactionCurrencyId', 'lookup', lookup),
  system(
    'ExchangeRate',
    'decimal',
    '<MinValue>1E-10</MinValue><MaxValue>100000000000</MaxValue><Accuracy>10</Accuracy>',
  ),
  column({
    name: 'ora_Kind',
    type: 'picklist',
    more: `<AppDefaultValue>472190000</AppDefaultValue><optionset Name="ora_fruitbox_ora_kind"><OptionSetType>picklist</OptionSetType><displaynames>${label('displayname', 'Kind')}</displaynames><options><option value="472190000"><labels>${label('label', 'Apple')}</labels></option><option value="472190001"><labels>${label('label', 'Pear')}</labels></option></options></optionset>`,
  }),
  column({
    name: 'ora_Size',
    type: 'picklist',
    more: '<AppDefaultValue>-1</AppDefaultValue><OptionSetName>ora_size</OptionSetName>',
  }),
  column({ name: 'ora_Grower', type: 'customer', secured: true }),
].join('');

const key = `<EntityKeys><EntityKey><Name>ora_boxkey</Name><LogicalName>ora_boxkey</LogicalName><EntityKeyAttributes><AttributeName>ora_name</AttributeName></EntityKeyAttributes><displaynames>${label('displayname', 'Name')}</displaynames></EntityKey></EntityKeys>`;

const account = `<Entity><Name LocalizedName="Account" OriginalName="">Account</Name><EntityInfo><entity Name="Account"><attributes>${column({ name: 'ora_OrchardSize', type: 'int', more: '<Format>none</Format><MinValue>0</MinValue><MaxValue>9</MaxValue>' })}</attributes></entity></EntityInfo>${emptyRibbon}</Entity>`;

const workflow = (id: string, name: string) =>
  `<Workflow WorkflowId="{${id}}" Name="${name}"><JsonFileName>/Workflows/${name}-${id.toUpperCase()}.json</JsonFileName><Type>1</Type><Subprocess>0</Subprocess><Category>5</Category><StateCode>0</StateCode><StatusCode>1</StatusCode><PrimaryEntity>none</PrimaryEntity>${names(name)}</Workflow>`;

const flow = (definition: object, references: object) =>
  JSON.stringify(
    {
      properties: {
        connectionReferences: references,
        definition: { $schema: 'x', contentVersion: '1.0.0.0', parameters: {}, ...definition },
      },
      schemaVersion: '1.0.0.0',
    },
    undefined,
    1,
  );

const dataverse = {
  shared_commondataserviceforapps: {
    runtimeSource: 'embedded',
    connection: { connectionReferenceLogicalName: 'ora_dataverse' },
    api: { name: 'shared_commondataserviceforapps' },
  },
};

const shipFlow = flow(
  {
    parameters: {
      'Cold store (ora_ColdStoreUrl)': {
        type: 'String',
        defaultValue: '',
        metadata: { schemaName: 'ora_ColdStoreUrl' },
      },
    },
    triggers: { manual: { type: 'Request', kind: 'Button', inputs: {} } },
    actions: {
      List_boxes: {
        type: 'OpenApiConnection',
        runAfter: {},
        inputs: {
          host: {
            connectionName: 'shared_commondataserviceforapps',
            operationId: 'ListRecords',
            apiId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
          },
          parameters: { entityName: 'ora_fruitboxs' },
        },
      },
      Weigh: {
        type: 'Workflow',
        runAfter: { List_boxes: ['Succeeded'] },
        inputs: { host: { workflowReferenceName: soundIds.weigh } },
      },
    },
  },
  dataverse,
);
const weighFlow = flow({ triggers: { manual: { type: 'Request', kind: 'Button', inputs: {} } }, actions: {} }, {});

const variable = (name: string, type = 100000000, defaultValue = 'https://cold.example') =>
  `<environmentvariabledefinition schemaname="${name}"><defaultvalue>${defaultValue}</defaultvalue><displayname default="${name}">${label('label', name)}</displayname><introducedversion>1.0.0.0</introducedversion><type>${type}</type></environmentvariabledefinition>`;

const command = `<appaction uniquename="ora__Ship!0f6c!ora_PackHouse!ora_fruitbox!0"><appmoduleid><uniquename>ora_PackHouse</uniquename></appmoduleid><buttonlabeltext default="Ship">${label('label', 'Ship')}</buttonlabeltext><context>1</context><contextentity><logicalname>ora_fruitbox</logicalname></contextentity><contextvalue>ora_fruitbox</contextvalue><location>0</location><onclickeventjavascriptfunctionname>Orchard.FruitBox.ship</onclickeventjavascriptfunctionname><onclickeventjavascriptparameters>[{"type":5}]</onclickeventjavascriptparameters><onclickeventjavascriptwebresourceid><webresourceid>${soundIds.script}</webresourceid></onclickeventjavascriptwebresourceid><onclickeventtype>2</onclickeventtype></appaction>`;

const controlManifest =
  '<manifest><control namespace="Orchard" constructor="RipenessBar" version="1.0.0" display-name-key="x" description-key="x" control-type="standard"><property name="value" of-type="Whole.None" usage="bound" required="true" /><property name="caption" of-type="SingleLine.Text" usage="input" required="false" /><resources><code path="bundle.js" order="1" /></resources></control></manifest>';

const root = (type: number, key: string) => `<RootComponent type="${type}" ${key} behavior="0" />`;

export function soundTexts(): PackageTexts {
  const roots = [
    '<RootComponent type="1" schemaName="account" behavior="2" />',
    root(1, 'schemaName="ora_fruitbox"'),
    root(1, 'schemaName="ora_parcel"'),
    root(9, 'schemaName="ora_size"'),
    root(20, `id="{${soundIds.role}}"`),
    root(29, `id="{${soundIds.ship}}"`),
    root(29, `id="{${soundIds.weigh}}"`),
    root(61, 'schemaName="ora_/scripts/fruitbox.js"'),
    root(61, 'schemaName="ora_/icons/ship.svg"'),
    root(62, 'schemaName="ora_PackHouse"'),
    root(66, 'schemaName="ora_Orchard.RipenessBar"'),
    root(70, `id="{${soundIds.profile}}"`),
    root(80, 'schemaName="ora_PackHouse"'),
  ];
  const manifest = `<ImportExportXml version="9.2.24000.100" SolutionPackageVersion="9.2" languagecode="1033" generatedBy="CrmLive"><SolutionManifest><UniqueName>Orchard</UniqueName>${names('Orchard')}<Descriptions /><Version>1.0.0.0</Version><Managed>0</Managed><Publisher><UniqueName>orchard</UniqueName>${names('Orchard')}<Descriptions /><CustomizationPrefix>ora</CustomizationPrefix><CustomizationOptionValuePrefix>47219</CustomizationOptionValuePrefix></Publisher><RootComponents>${roots.join('\n')}</RootComponents><MissingDependencies /></SolutionManifest></ImportExportXml>`;
  const webResource = (id: string, name: string, type: number) =>
    `<WebResource><WebResourceId>{${id}}</WebResourceId><Name>${name}</Name><DisplayName>${name}</DisplayName><WebResourceType>${type}</WebResourceType><IntroducedVersion>1.0.0.0</IntroducedVersion><FileName>/WebResources/${id}</FileName></WebResource>`;
  const customizations = `<ImportExportXml><Entities>${account}
${table('ora_FruitBox', {
  columns: boxColumns,
  keys: key,
  forms: boxForm + form(soundIds.quickForm, 'quick', body(nameCell)) + form(soundIds.cardForm, 'card', body(nameCell)),
  ribbon,
})}
${table('ora_Parcel', { columns: column({ name: 'ora_BoxId', type: 'lookup', more: '<LookupStyle>single</LookupStyle><LookupTypes />' }) })}
</Entities>
<Roles><Role id="{${soundIds.role}}" name="Orchard Packer"><IsCustomizable>1</IsCustomizable><RolePrivileges><RolePrivilege name="prvReadAccount" level="Basic" /><RolePrivilege name="prvReadora_FruitBox" level="Local" /><RolePrivilege name="prvWriteora_FruitBox" level="Basic" /></RolePrivileges></Role></Roles>
<Workflows>${workflow(soundIds.ship, 'ship')}${workflow(soundIds.weigh, 'weigh')}</Workflows>
<FieldSecurityProfiles><FieldSecurityProfile name="Growers" fieldsecurityprofileid="{${soundIds.profile}}"><FieldPermissions><FieldPermission><EntityName>ora_fruitbox</EntityName><AttributeName>ora_grower</AttributeName><CanRead>4</CanRead><CanUpdate>0</CanUpdate><CanCreate>0</CanCreate></FieldPermission></FieldPermissions></FieldSecurityProfile></FieldSecurityProfiles>
<Templates /><EntityMaps />
<EntityRelationships>${systemRelationships('ora_FruitBox')}${systemRelationships('ora_Parcel')}
${relationship('TransactionCurrency_ora_FruitBox', 'ora_FruitBox', 'TransactionCurrencyId', 'TransactionCurrency', { onDelete: 'Restrict' })}
${ownRelationship('ora_fruitbox_grower_account', 'ora_FruitBox', 'ora_Grower', 'Account', 'ora_Grower_account')}
${ownRelationship('ora_fruitbox_grower_contact', 'ora_FruitBox', 'ora_Grower', 'Contact', 'ora_Grower_contact')}
${ownRelationship('ora_fruitbox_parcel', 'ora_Parcel', 'ora_BoxId', 'ora_FruitBox')}
<EntityRelationship Name="ora_fruitbox_contact"><EntityRelationshipType>ManyToMany</EntityRelationshipType><FirstEntityName>ora_FruitBox</FirstEntityName><SecondEntityName>Contact</SecondEntityName><IntersectEntityName>ora_fruitbox_contact</IntersectEntityName></EntityRelationship></EntityRelationships>
<OrganizationSettings />
<optionsets><optionset Name="ora_size" localizedName="Size"><OptionSetType>picklist</OptionSetType><IsGlobal>1</IsGlobal><displaynames>${label('displayname', 'Size')}</displaynames><options><option value="472190000"><labels>${label('label', 'Small')}</labels></option><option value="472190001"><labels>${label('label', 'Large')}</labels></option></options></optionset></optionsets>
<WebResources>${webResource(soundIds.script, 'ora_/scripts/fruitbox.js', 3)}${webResource(soundIds.icon, 'ora_/icons/ship.svg', 11)}</WebResources>
<CustomControls><CustomControl><Name>ora_Orchard.RipenessBar</Name><FileName>/Controls/ora_Orchard.RipenessBar/ControlManifest.xml</FileName></CustomControl></CustomControls>
<AppModuleSiteMaps><AppModuleSiteMap><SiteMapUniqueName>ora_PackHouse</SiteMapUniqueName><SiteMap><Area Id="ora_area" ShowGroups="true"><Titles><Title LCID="1033" Title="Pack house" /></Titles><Group Id="ora_group"><Titles><Title LCID="1033" Title="Boxes" /></Titles><SubArea Id="ora_sub_boxes" Entity="ora_fruitbox" Icon="$webresource:ora_/icons/ship.svg" /><SubArea Id="ora_sub_parcels" Entity="ora_parcel" /><SubArea Id="ora_sub_help" Url="/main.aspx?pagetype=webresource" /></Group></Area></SiteMap>${names('Pack house')}</AppModuleSiteMap></AppModuleSiteMaps>
<AppModules><AppModule><UniqueName>ora_PackHouse</UniqueName><IntroducedVersion>1.0.0.0</IntroducedVersion><WebResourceId>${soundIds.icon}</WebResourceId><AppModuleComponents><AppModuleComponent type="1" schemaName="ora_fruitbox" /><AppModuleComponent type="1" schemaName="ora_parcel" /><AppModuleComponent type="62" schemaName="ora_PackHouse" /><AppModuleComponent type="60" id="{${soundIds.mainForm}}" /></AppModuleComponents><AppModuleRoleMaps><Role id="{627090ff-40a3-4053-8790-584edc5be201}" /><Role id="{${soundIds.role}}" /></AppModuleRoleMaps>${names('Pack house')}</AppModule></AppModules>
<connectionreferences><connectionreference connectionreferencelogicalname="ora_dataverse"><connectionreferencedisplayname>Orchard Dataverse</connectionreferencedisplayname><connectorid>/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps</connectorid><iscustomizable>1</iscustomizable></connectionreference></connectionreferences>
<Languages><Language>1033</Language></Languages></ImportExportXml>`;
  return {
    manifest,
    customizations,
    files: {
      [`WebResources/${soundIds.script}`]:
        'var Orchard=Orchard||{};Orchard.FruitBox={onLoad:function(){},ship:function(){}};',
      [`WebResources/${soundIds.icon}`]: '<svg xmlns="http://www.w3.org/2000/svg" />',
      [`Workflows/ship-${soundIds.ship.toUpperCase()}.json`]: shipFlow,
      [`Workflows/weigh-${soundIds.weigh.toUpperCase()}.json`]: weighFlow,
      'Controls/ora_Orchard.RipenessBar/ControlManifest.xml': controlManifest,
      'Controls/ora_Orchard.RipenessBar/bundle.js': '"use strict";var pcf_tools;(function(){})();',
      'environmentvariabledefinitions/ora_ColdStoreUrl/environmentvariabledefinition.xml': variable('ora_ColdStoreUrl'),
      'appactions/ora__Ship!0f6c!ora_PackHouse!ora_fruitbox!0/appaction.xml': command,
    },
  };
}

export function asPackage({ manifest, customizations, files }: PackageTexts): SolutionPackage {
  return {
    manifest: parseXml(manifest, 'solution.xml'),
    customizations: parseXml(customizations, 'customizations.xml'),
    files: new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
  };
}
