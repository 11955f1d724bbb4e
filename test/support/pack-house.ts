/**
 * A solution with something of each kind the web host shows: the app `ora_PackHouse` over trees, with charts, forms, commands.
 * The names are nobody's product, so that tests of the host do not lean on ours.
 */
import { admin, type TestEmulator } from './emulator.ts';
import {
  aColumn,
  aForm,
  aLookup,
  anApp,
  anExtension,
  anOptionSet,
  aRelationship,
  aSiteMap,
  aTable,
  aWebResource,
  names,
  zipped,
  type Part,
} from './solution-builder.ts';

export const packHouseIds = {
  activeTrees: '0ad00000-0000-4000-8000-000000000001',
  kindChart: '0ad00000-0000-4000-8000-000000000011',
  plantedChart: '0ad00000-0000-4000-8000-000000000012',
  stackedChart: '0ad00000-0000-4000-8000-000000000013',
  ownerChart: '0ad00000-0000-4000-8000-000000000014',
  funnelChart: '0ad00000-0000-4000-8000-000000000015',
  bubbleChart: '0ad00000-0000-4000-8000-000000000016',
  mainForm: '0ad00000-0000-4000-8000-000000000021',
  quickCreate: '0ad00000-0000-4000-8000-000000000022',
  customerView: '0ad00000-0000-4000-8000-000000000023',
  accountForm: '0ad00000-0000-4000-8000-000000000024',
  page: '0ad00000-0000-4000-8000-000000000031',
  script: '0ad00000-0000-4000-8000-000000000032',
} as const;

const bilingual = (list: string, item: string, english: string, german: string) =>
  `<${list}><${item} description="${english}" languagecode="1033" /><${item} description="${german}" languagecode="1031" /></${list}>`;

const states = `<optionset Name="ora_tree_statecode"><OptionSetType>state</OptionSetType><states><state value="0" defaultstatus="1" invariantname="Active"><labels><label description="Active" languagecode="1033" /><label description="Aktiv" languagecode="1031" /></labels></state><state value="1" defaultstatus="2" invariantname="Inactive"><labels><label description="Inactive" languagecode="1033" /><label description="Inaktiv" languagecode="1031" /></labels></state></states></optionset>`;
const statuses = `<optionset Name="ora_tree_statuscode"><OptionSetType>status</OptionSetType><statuses><status value="1" state="0"><labels><label description="Growing" languagecode="1033" /></labels></status><status value="2" state="1"><labels><label description="Felled" languagecode="1033" /></labels></status></statuses></optionset>`;

const system = (name: string, type: string, more = '') => aColumn(name, { type, isCustom: false, more });
const lookups = ['CreatedBy', 'ModifiedBy', 'OwningBusinessUnit', 'OwningTeam', 'OwningUser'];

const treeColumns = [
  ...lookups.map((name) => system(name, 'lookup')),
  ...['CreatedOn', 'ModifiedOn'].map((name) => system(name, 'datetime', '<Format>datetime</Format>')),
  system('OwnerId', 'owner'),
  system('statecode', 'state', states),
  system('statuscode', 'status', statuses),
  aColumn('ora_Kind', {
    type: 'picklist',
    more: anOptionSet('ora_tree_ora_kind', { 472190000: 'Apple', 472190001: 'Pear', 472190002: 'Quince' }, false),
  }),
  aColumn('ora_Planted', { type: 'datetime', more: '<Format>date</Format><Behavior>2</Behavior>' }),
  aColumn('ora_Height', {
    type: 'int',
    more: '<Format>none</Format><MinValue>0</MinValue><MaxValue>5000</MaxValue>',
  }),
  aLookup('ora_AccountId'),
].join('');

const relationship = (column: string, to: string) =>
  aRelationship(`ora_tree_${column.toLowerCase()}`, {
    from: 'ora_Tree',
    column,
    to,
    // Columns every table has are reached in lower case, as on the platform.
    navigation: column.startsWith('ora_') ? column : column.toLowerCase(),
  });

const view = `<savedquery><savedqueryid>{${packHouseIds.activeTrees}}</savedqueryid><isdefault>1</isdefault><layoutxml><grid name="resultset" jump="ora_name" select="1"><row name="result" id="ora_treeid">${['ora_name', 'ora_kind', 'ora_planted', 'ora_height', 'ora_accountid'].map((name) => `<cell name="${name}" width="150" />`).join('')}</row></grid></layoutxml><querytype>0</querytype><fetchxml><fetch version="1.0"><entity name="ora_tree"><attribute name="ora_treeid" /><attribute name="ora_name" /><attribute name="ora_kind" /><attribute name="ora_planted" /><attribute name="ora_height" /><attribute name="ora_accountid" /><order attribute="ora_name" /><filter type="and"><condition attribute="statecode" operator="eq" value="0" /></filter></entity></fetch></fetchxml>${bilingual('LocalizedNames', 'LocalizedName', 'Active trees', 'Aktive Bäume')}</savedquery>`;

interface ChartParts {
  readonly fetch: string;
  readonly category: string;
  readonly measures?: readonly string[];
  readonly types: readonly string[];
  readonly isDefault?: boolean;
}

function chart(id: string, name: string, { fetch, category, measures = ['height'], types, isDefault }: ChartParts) {
  const collections = measures
    .map((one) => `<measurecollection><measure alias="${one}" /></measurecollection>`)
    .join('');
  const series = types.map((type) => `<Series ChartType="${type}"><Points /></Series>`).join('');
  return `<visualization><savedqueryvisualizationid>{${id}}</savedqueryvisualizationid><datadescription><datadefinition><fetchcollection><fetch mapping="logical" aggregate="true"><entity name="ora_tree">${fetch}</entity></fetch></fetchcollection><categorycollection><category alias="${category}">${collections}</category></categorycollection></datadefinition></datadescription><presentationdescription><Chart><Series>${series}</Series><ChartAreas><ChartArea /></ChartAreas></Chart></presentationdescription><isdefault>${isDefault ? 'true' : 'false'}</isdefault>${names(name)}</visualization>`;
}

const count = '<attribute name="ora_treeid" alias="trees" aggregate="count" />';
const byKind = '<attribute name="ora_kind" alias="kind" groupby="true" />';
const charts = [
  chart(packHouseIds.kindChart, 'Trees by kind', {
    fetch: count + byKind,
    category: 'kind',
    measures: ['trees'],
    types: ['Column'],
    isDefault: true,
  }),
  chart(packHouseIds.plantedChart, 'Height by month', {
    fetch:
      '<attribute name="ora_height" alias="height" aggregate="sum" /><attribute name="ora_planted" alias="planted" groupby="true" dategrouping="month" />',
    category: 'planted',
    types: ['Line'],
  }),
  chart(packHouseIds.stackedChart, 'Kinds by customer', {
    fetch: `${count}${byKind}<attribute name="ora_accountid" alias="customer" groupby="true" />`,
    category: 'customer',
    measures: ['trees'],
    types: ['StackedBar'],
  }),
  chart(packHouseIds.ownerChart, 'Pie of kinds', {
    fetch: count + byKind,
    category: 'kind',
    measures: ['trees'],
    types: ['Pie'],
  }),
  chart(packHouseIds.funnelChart, 'Funnel of customers', {
    fetch: `${count}<link-entity name="account" from="accountid" to="ora_accountid" link-type="inner" alias="a"><attribute name="address1_city" alias="city" groupby="true" /></link-entity>`,
    category: 'city',
    measures: ['trees'],
    types: ['Funnel'],
  }),
  chart(packHouseIds.bubbleChart, 'Bubbles', { fetch: count + byKind, category: 'kind', types: ['Bubble'] }),
];

let cells = 0;
const guid = (kind: number) => `{0ad0000${kind}-0000-4000-8000-${String((cells += 1)).padStart(12, '0')}}`;
const labels = (text: string, german = text) =>
  `<labels><label description="${text}" languagecode="1033" /><label description="${german}" languagecode="1031" /></labels>`;

const classes = {
  timeline: '{06375649-C143-495E-A496-C962E5B4488E}',
  quickView: '{5C5600E0-1D6E-4205-A272-BE80DA87FD42}',
  webResource: '{9FDF5F91-88B1-47F4-AD53-C11EFC01A01D}',
  subgrid: '{E7A81278-8635-4D9E-8D4D-59480B391C5B}',
} as const;

const cell = (control: string, label = '', more = '') =>
  `<row><cell id="${guid(1)}" showlabel="${label !== ''}" ${more}>${labels(label)}${control}</cell></row>`;
const field = (column: string, label = column) =>
  cell(`<control id="${column}" classid="{4273EDBD-AC1D-40D3-9FB2-095C621B552D}" datafieldname="${column}" />`, label);
const place = (id: string, classId: string, parameters: string, more = '') =>
  `<control id="${id}" classid="${classId}" ${more}><parameters>${parameters}</parameters></control>`;
const section = (name: string, rows: string, more = '') =>
  `<section name="${name}" id="${guid(2)}" columns="1" showlabel="true" ${more}>${labels(name)}<rows>${rows}</rows></section>`;
const tab = (name: string, sections: readonly string[], german = name, more = '') =>
  `<tab name="${name}" id="${guid(3)}" ${more}>${labels(name, german)}<columns>${sections.map((one) => `<column width="50%"><sections>${one}</sections></column>`).join('')}</columns></tab>`;

const timeline = cell(
  place(
    'notescontrol',
    classes.timeline,
    '<UClientUniqueName>Timeline</UClientUniqueName><UClientModules>Activities,Notes,Posts</UClientModules><UClientRecordPerPage>5</UClientRecordPerPage><UClientOrderBy>descending</UClientOrderBy>',
  ),
);
const customerView = `&lt;QuickForms&gt;&lt;QuickFormIds&gt;&lt;QuickFormId entityname="account"&gt;${packHouseIds.customerView}&lt;/QuickFormId&gt;&lt;/QuickFormIds&gt;&lt;/QuickForms&gt;`;

const script = 'ora_/scripts/tree.js';
const scriptText = `var Orchard = Orchard || {};
Orchard.Tree = {
  said: [],
  onLoad: function (context) { Orchard.formContext = context.getFormContext(); },
  say: function () { Orchard.Tree.said.push([].slice.call(arguments)); },
  greet: function (form) {
    return Xrm.Navigation.openConfirmDialog({ title: 'Greet', text: form.data.entity.getPrimaryAttributeValue(), confirmButtonLabel: 'Hello' })
      .then(function (answer) { if (answer.confirmed) form.ui.setFormNotification('Greeted', 'INFO', 'greeted'); });
  },
};`;

interface CommandParts {
  readonly german: string;
  readonly more: string;
  readonly parameters?: readonly { readonly type: number; readonly value?: unknown }[];
  readonly call?: string;
}

function command(name: string, english: string, { german, more, parameters = [], call }: CommandParts): Part {
  const label = `<buttonlabeltext default="${english}"><label description="${english}" languagecode="1033" /><label description="${german}" languagecode="1031" /></buttonlabeltext>`;
  const runs =
    call === undefined
      ? ''
      : `<onclickeventjavascriptfunctionname>Orchard.Tree.${call}</onclickeventjavascriptfunctionname><onclickeventjavascriptparameters>${JSON.stringify(parameters)}</onclickeventjavascriptparameters><onclickeventjavascriptwebresourceid><webresourceid>${packHouseIds.script}</webresourceid></onclickeventjavascriptwebresourceid><onclickeventtype>2</onclickeventtype>`;
  const xml = `<appaction uniquename="${name}">${label}<context>1</context><contextvalue>ora_tree</contextvalue><name>${name}</name>${runs}${more}</appaction>`;
  return { files: { [`appactions/${name}/appaction.xml`]: xml } };
}

const commands = [
  command('ora_Greet', 'Greet', {
    german: 'Grüßen',
    more: '<location>0</location><sequence>1</sequence>',
    parameters: [{ type: 5 }],
    call: 'greet',
  }),
  command('ora_Tools', 'Tools', {
    german: 'Werkzeuge',
    more: '<location>1</location><sequence>1</sequence><type>1</type>',
  }),
  command('ora_Count', 'Count them', {
    german: 'Zählen',
    more: '<location>1</location><sequence>2</sequence><parentappactionid><uniquename>ora_Tools</uniquename></parentappactionid>',
    parameters: [{ type: 8 }, { type: 24 }, { type: 21, value: 'x' }],
    call: 'say',
  }),
  command('ora_Formula', 'Formula', {
    german: 'Formel',
    more: '<location>1</location><onclickeventtype>1</onclickeventtype><sequence>3</sequence>',
  }),
  command('ora_Hidden', 'Hidden', {
    german: 'Versteckt',
    more: '<hidden>1</hidden><location>1</location>',
    call: 'say',
  }),
  command('ora_Water', 'Water', {
    german: 'Gießen',
    more: '<location>2</location>',
    parameters: [{ type: 2 }, { type: 4 }, { type: 23 }],
    call: 'say',
  }),
];
const treeForm = aForm(
  packHouseIds.mainForm,
  `<tabs>${tab(
    'Tree',
    [
      section(
        'Details',
        field('ora_name', 'Name') +
          field('ora_kind', 'Kind') +
          field('ora_planted', 'Planted') +
          field('ora_height', 'Height') +
          field('ora_accountid', 'Customer') +
          cell(
            place(
              'customer',
              classes.quickView,
              `<QuickForms>${customerView}</QuickForms>`,
              'datafieldname="ora_accountid"',
            ),
            'About the customer',
          ),
      ),
      section('What happened', timeline),
    ],
    'Baum',
  )}${tab('More', [
    section(
      'Page',
      cell(
        place('page', classes.webResource, '<Url>ora_/page.html</Url><PassParameters>true</PassParameters>'),
        'Page',
        'rowspan="4"',
      ),
    ),
    section('Hidden', field('statuscode', 'Status'), 'visible="false"'),
  ])}${tab('Secret', [section('Secret', field('createdon', 'Created'))], 'Geheim', 'visible="false"')}</tabs><formLibraries><Library name="${script}" libraryUniqueId="{0ad00000-0000-4000-8000-0000000000b1}" /></formLibraries><events><event name="onload" application="false" active="false"><Handlers><Handler functionName="Orchard.Tree.onLoad" libraryName="${script}" handlerUniqueId="{0ad00000-0000-4000-8000-0000000000b2}" enabled="true" parameters="" passExecutionContext="true" /></Handlers></event></events>`,
  { name: 'Tree' },
);
const quickCreate = aForm(
  packHouseIds.quickCreate,
  `<tabs>${tab('New', [section('New tree', field('ora_name', 'Name') + field('ora_kind', 'Kind') + field('ora_accountid', 'Customer'))])}</tabs>`,
  { type: 'quickCreate', name: 'New tree' },
);
const accountForm = aForm(
  packHouseIds.accountForm,
  `<tabs>${tab('Trees', [
    section(
      'Trees',
      cell(
        place(
          'trees',
          classes.subgrid,
          `<ViewId>{${packHouseIds.activeTrees}}</ViewId><TargetEntityType>ora_tree</TargetEntityType><RelationshipName>ora_tree_ora_accountid</RelationshipName><RecordsPerPage>5</RecordsPerPage>`,
          'indicationOfSubgrid="true"',
        ),
        'Their trees',
      ),
    ),
  ])}</tabs>`,
  { name: 'Customer of trees' },
);
const customerForm = aForm(
  packHouseIds.customerView,
  `<tabs>${tab('Customer', [section('Customer', field('name', 'Name') + field('address1_city', 'City'))])}</tabs>`,
  { type: 'quick', name: 'Customer' },
);

const tree = aTable('ora_Tree', {
  columns: treeColumns,
  ownership: 'UserOwned',
  setName: 'ora_trees',
  views: view,
  forms: treeForm + quickCreate,
  more: `<Visualizations>${charts.join('')}</Visualizations>`,
});

/** Notes and activities may be of a tree. */
const regarding = (from: string, column: string, name: string) =>
  aRelationship(`ora_tree_${name}`, {
    from,
    column,
    to: 'ora_Tree',
    navigation: `${column.toLowerCase()}_ora_tree_${name.toLowerCase()}`,
  });

const parts: readonly Part[] = [
  aWebResource(script, {
    id: packHouseIds.script,
    content: scriptText,
  }),
  aWebResource('ora_/page.html', {
    id: packHouseIds.page,
    type: 1,
    content:
      '<!doctype html><html lang="en"><title>Page</title><body><p id="said"></p><script src="/WebResources/ora_/page.js"></script></body></html>',
  }),
  tree,
  ...commands,
  anExtension('Account', { forms: customerForm + accountForm }),
  regarding('Annotation', 'ObjectId', 'Annotations'),
  regarding('ActivityPointer', 'RegardingObjectId', 'ActivityPointers'),
  ...['Appointment', 'Email', 'PhoneCall', 'Task'].map((name) => regarding(name, 'RegardingObjectId', `${name}s`)),
  ...lookups.slice(0, 2).map((name) => relationship(name, 'SystemUser')),
  relationship('OwningBusinessUnit', 'BusinessUnit'),
  relationship('OwningTeam', 'Team'),
  relationship('OwningUser', 'SystemUser'),
  relationship('OwnerId', 'Owner'),
  relationship('ora_AccountId', 'Account'),
  aSiteMap(
    'ora_PackHouse',
    `<SubArea Id="trees" Entity="ora_tree"><Titles><Title LCID="1033" Title="Trees" /><Title LCID="1031" Title="Bäume" /></Titles></SubArea>`,
  ),
  anApp('ora_PackHouse', ['type="1" schemaName="ora_tree"', 'type="62" schemaName="ora_PackHouse"']),
];

export const packHouse = (): Promise<Buffer> => zipped(parts);

/** Imports the solution and plants trees: of each kind, in two years, with and without customer. */
export async function openPackHouse(emulator: TestEmulator): Promise<void> {
  const call = async (method: string, path: string, body: object) => {
    const answer = await emulator.dataverse(method, path, { as: admin, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  };
  await call('POST', 'ImportSolution', {
    OverwriteUnmanagedCustomizations: true,
    PublishWorkflows: true,
    ImportJobId: crypto.randomUUID(),
    CustomizationFile: (await packHouse()).toString('base64'),
  });
  for (const [name, kind, planted, height, customer] of trees)
    await call('POST', 'ora_trees', {
      ora_name: name,
      ora_kind: kind,
      ora_planted: planted,
      ora_height: height,
      ...(customer === undefined ? {} : { 'ora_AccountId@odata.bind': await accountPath(emulator, customer) }),
    });
}

async function accountPath(emulator: TestEmulator, accountNumber: string): Promise<string> {
  const path = `accounts?$select=accountid&$filter=accountnumber eq '${accountNumber}'`;
  const { body } = await emulator.dataverse('GET', path, { as: admin });
  return `/accounts(${body.value[0].accountid})`;
}

const trees: readonly (readonly [string, number | null, string, number, string?])[] = [
  ['Boskoop', 472190000, '2024-03-10', 300, 'US-001'],
  ['Elstar', 472190000, '2024-03-20', 250, 'US-001'],
  ['Gravenstein', 472190000, '2025-03-05', 120, 'US-002'],
  ['Conference', 472190001, '2025-04-01', 180, 'US-001'],
  ['Williams', 472190001, '2025-04-15', 200, undefined],
  ['Vranja', 472190002, '2025-11-30', 90, 'US-002'],
  ['Seedling', null, '2026-01-15', 10, undefined],
];
