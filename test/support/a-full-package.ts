import { type SolutionPackage } from '../../packaging/index.ts';
import { aSolution, type Part } from './solution-builder.ts';

const id = (digit: number) => `{${String(digit).repeat(8)}-1111-4111-8111-111111111111}`;
const root = (type: number, key: string) => `<RootComponent type="${type}" ${key} behavior="0" />`;

/** One component of each kind of place in the layout, and some that have none. */
const parts: readonly Part[] = [
  {
    root: root(1, 'schemaName="ora_box"'),
    list: 'Entities',
    node: `<Entity><Name LocalizedName="Box">ora_Box</Name><EntityInfo><entity Name="ora_Box"><attributes>
      <attribute PhysicalName="ora_a"><FormulaDefinitionFileName>/Formulas/ora_box-F.yaml</FormulaDefinitionFileName></attribute>
      <attribute PhysicalName="ora_b"><FormulaDefinitionFileName>/Formulas/ora_box-F.yaml</FormulaDefinitionFileName></attribute>
      </attributes></entity></EntityInfo>
      <FormXml><forms type="main"><systemform><formid>${id(2)}</formid><form><a> kept  text </a></form></systemform>
        <systemform><formid>${id(1)}</formid><form /></systemform></forms>
        <forms type="card"><systemform><formid>${id(1)}</formid><form /></systemform></forms></FormXml>
      <SavedQueries><savedqueries><savedquery><savedqueryid>${id(4)}</savedqueryid></savedquery>
        <savedquery><savedqueryid>${id(3)}</savedqueryid></savedquery></savedqueries></SavedQueries>
      <Visualizations><visualization><savedqueryvisualizationid>${id(5)}</savedqueryvisualizationid></visualization></Visualizations>
      <RibbonDiffXml><CustomActions /></RibbonDiffXml></Entity>`,
    files: { 'Formulas/ora_box-F.yaml': 'a: 1' },
  },
  {
    root: root(20, `id="${id(6)}"`),
    list: 'Roles',
    node: `<Role id="${id(6)}" name="Packer / Shipper"><IsCustomizable>1</IsCustomizable></Role>`,
  },
  {
    root: root(29, `id="${id(7)}"`),
    list: 'Workflows',
    node: `<Workflow WorkflowId="${id(7)}" Name="ship"><JsonFileName>/Workflows/ship-7.json</JsonFileName></Workflow>`,
    files: { 'Workflows/ship-7.json': '{}' },
  },
  {
    root: root(29, `id="${id(8)}"`),
    list: 'Workflows',
    node: `<Workflow WorkflowId="${id(8)}" Name="on the desk"><Type>1</Type></Workflow>`,
  },
  { list: 'EntityMaps', node: '<EntityMap><EntitySource>ora_box</EntitySource></EntityMap>' },
  {
    list: 'EntityRelationships',
    node: `<EntityRelationship Name="ora_z"><ReferencedEntityName>Account</ReferencedEntityName></EntityRelationship>
      <EntityRelationship Name="ora_m"><FirstEntityName>ora_box</FirstEntityName></EntityRelationship>
      <EntityRelationship Name="ora_a"><ReferencedEntityName>account</ReferencedEntityName></EntityRelationship>`,
  },
  { list: 'SiteMap', node: '<Area Id="x" />' },
  {
    root: root(9, 'schemaName="ora_size"'),
    list: 'optionsets',
    node: '<optionset Name="ora_size"><OptionSetType>picklist</OptionSetType></optionset>',
  },
  {
    root: root(61, 'schemaName="ora_/box.js"'),
    list: 'WebResources',
    node: '<WebResource><Name>ora_/box.js</Name><FileName>/WebResources/ora_boxjs9</FileName></WebResource>',
    files: { 'WebResources/ora_boxjs9': Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00]) },
  },
  {
    root: root(66, 'schemaName="ora_Orchard.Bar"'),
    list: 'CustomControls',
    node: '<CustomControl><Name>ora_Orchard.Bar</Name><FileName>/Controls/ora_Orchard.Bar/ControlManifest.xml</FileName></CustomControl>',
    files: {
      'Controls/ora_Orchard.Bar/ControlManifest.xml':
        '<manifest><control namespace="Orchard" constructor="Bar"><resources><code path="bundle.js" /></resources></control></manifest>',
      'Controls/ora_Orchard.Bar/bundle.js': '//',
      'Controls/ora_Orchard.Bar/strings/extra.resx': '<root />',
    },
  },
  {
    list: 'SolutionPluginAssemblies',
    node: '<PluginAssembly FullName="x"><FileName>/PluginAssemblies/x-1/x.dll</FileName></PluginAssembly>',
    files: { 'PluginAssemblies/x-1/x.dll': 'MZ' },
  },
  {
    root: root(62, 'schemaName="ora_App"'),
    list: 'AppModuleSiteMaps',
    node: '<AppModuleSiteMap><SiteMapUniqueName>ora_App</SiteMapUniqueName></AppModuleSiteMap>',
  },
  {
    root: root(80, 'schemaName="ora_App"'),
    list: 'AppModules',
    node: '<AppModule><UniqueName>ora_App</UniqueName></AppModule>',
  },
  {
    root: root(300, 'schemaName="ora_canvas"'),
    list: 'CanvasApps',
    node: '<CanvasApp><Name>ora_canvas</Name><DocumentUri>/CanvasApps/ora_canvas_DocumentUri.msapp</DocumentUri><AdditionalUris><AdditionalUri>/CanvasApps/ora_canvas_more</AdditionalUri></AdditionalUris></CanvasApp>',
    files: { 'CanvasApps/ora_canvas_DocumentUri.msapp': 'PK', 'CanvasApps/ora_canvas_more': 'x' },
  },
  {
    list: 'Connectors',
    node: '<Connector><name>ora_cold</name><openapidefinition>/Connector/ora_cold_o.json</openapidefinition><iconblob>/9j/4AAQ</iconblob></Connector>',
    files: { 'Connector/ora_cold_o.json': '{}' },
  },
  { list: 'msdyn_things', node: '<msdyn_thing file="x"><content>/things/one.bin</content></msdyn_thing>' },
  { list: 'Sheep', node: '<Dolly />', files: { 'things/one.bin': '1', 'things/two.bin': '2' } },
  { files: { 'botcomponents/ora_bot/data': 'kind: x', 'environmentvariabledefinitions/ora_Url/x.xml': '<x />' } },
];

/** A package with a component of every place there is in the unpacked layout, and of types that have none. */
export function aFullPackage(managed: '0' | '1' = '0', more: readonly Part[] = []): SolutionPackage {
  return aSolution([...parts, ...more], { managed });
}
