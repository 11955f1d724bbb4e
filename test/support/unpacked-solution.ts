import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Contents by path in the tree; `undefined` leaves a file out. */
export type Tree = Readonly<Record<string, string | Buffer | undefined>>;

export const aManifest = (roots: readonly string[], managed = '2') =>
  `<ImportExportXml><SolutionManifest><UniqueName>Orchard</UniqueName><Version>1.2.0.0</Version><Managed>${managed}</Managed><Publisher><UniqueName>orchard</UniqueName><CustomizationPrefix>ora</CustomizationPrefix></Publisher><RootComponents>${roots.join('')}</RootComponents></SolutionManifest></ImportExportXml>`;
export const aRoot = (type: number, key: string) => `<RootComponent type="${type}" ${key} behavior="0" />`;

const boxForm = '11111111-1111-4111-8111-111111111111';
const boxView = '22222222-2222-4222-8222-222222222222';
const flow = '33333333-3333-4333-8333-333333333333';
export const boxFormFile = `Entities/ora_Box/FormXml/main/{${boxForm}}.xml`;
export const boxViewFile = `Entities/ora_Box/SavedQueries/{${boxView}}.xml`;

/** A small unpacked solution that is right in every point: a table, a script, a flow, a control, a setting, an app. */
export const orchard: Tree = {
  'Other/Solution.xml': aManifest([
    aRoot(1, 'schemaName="ora_box"'),
    aRoot(29, `id="{${flow}}"`),
    aRoot(61, 'schemaName="ora_/box.js"'),
    aRoot(62, 'schemaName="ora_App"'),
    aRoot(66, 'schemaName="ora_Orchard.Bar"'),
    aRoot(80, 'schemaName="ora_App"'),
  ]),
  'Other/Customizations.xml':
    '<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Entities /><Workflows /><EntityRelationships /><WebResources /><CustomControls /><AppModuleSiteMaps /><AppModules /></ImportExportXml>',
  'Other/Relationships.xml':
    '<EntityRelationships><EntityRelationship Name="ora_b" /><EntityRelationship Name="ora_a" /></EntityRelationships>',
  'Other/Relationships/ora_Box.xml':
    '<EntityRelationships><EntityRelationship Name="ora_a"><x /></EntityRelationship><EntityRelationship Name="ora_b" /></EntityRelationships>',
  'Entities/ora_Box/Entity.xml':
    '<Entity xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Name>ora_Box</Name><FormXml /><SavedQueries /><RibbonDiffXml /></Entity>',
  'Entities/ora_Box/RibbonDiff.xml': '<RibbonDiffXml><CustomActions /></RibbonDiffXml>',
  [boxFormFile]: `<forms type="main"><systemform><formid>{${boxForm}}</formid><form /></systemform></forms>`,
  [boxViewFile]: `<savedqueries><savedquery><savedqueryid>{${boxView}}</savedqueryid></savedquery></savedqueries>`,
  'Workflows/ship.json': '\uFEFF{}',
  'Workflows/ship.json.data.xml': `<Workflow WorkflowId="{${flow}}" Name="ship"><JsonFileName>/Workflows/ship.json</JsonFileName></Workflow>`,
  'WebResources/ora_/box.js': 'alert(1)',
  'WebResources/ora_/box.js.data.xml':
    '<WebResource><Name>ora_/box.js</Name><FileName>/WebResources/ora_boxjs1</FileName></WebResource>',
  'Controls/ora_Orchard.Bar/ControlManifest.xml':
    '<manifest><control namespace="Orchard" constructor="Bar"><resources><code path="bundle.js" /></resources></control></manifest>',
  'Controls/ora_Orchard.Bar/bundle.js': '// bar',
  'Controls/ora_Orchard.Bar/ControlManifest.xml.data.xml':
    '<CustomControl><Name>ora_Orchard.Bar</Name><FileName>/Controls/ora_Orchard.Bar/ControlManifest.xml</FileName></CustomControl>',
  'AppModules/ora_App/AppModule.xml': '<AppModule><UniqueName>ora_App</UniqueName></AppModule>',
  'AppModuleSiteMaps/ora_App/AppModuleSiteMap.xml':
    '<AppModuleSiteMap><SiteMapUniqueName>ora_App</SiteMapUniqueName></AppModuleSiteMap>',
  'environmentvariabledefinitions/ora_Url/environmentvariabledefinition.xml':
    '<environmentvariabledefinition schemaname="ora_Url"><type>100000000</type></environmentvariabledefinition>',
};

/** Writes the tree into a new folder, hands it over, and removes it. */
export async function withTree<Result>(tree: Tree, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'unpacked-'));
  try {
    for (const [path, content] of Object.entries(tree)) {
      if (content === undefined) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
