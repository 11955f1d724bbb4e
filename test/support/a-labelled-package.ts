import type { SolutionPackage } from '../../packaging/index.ts';
import { aSolution, type Part } from './solution-builder.ts';

/** Labels of one thing: `labels('displayname', { 1033: 'Size' })`. */
export const labels = (label: string, texts: Readonly<Record<number, string>>, holder = `${label}s`) =>
  `<${holder}>${Object.entries(texts)
    .map(([language, text]) => `<${label} description="${text}" languagecode="${language}" />`)
    .join('')}</${holder}>`;

const titles = (texts: Readonly<Record<number, string>>) =>
  `<Titles>${Object.entries(texts)
    .map(([language, text]) => `<Title LCID="${language}" Title="${text}" />`)
    .join('')}</Titles>`;

export const formId = '{11111111-1111-4111-8111-111111111111}';
export const cellId = '{22222222-2222-4222-8222-222222222222}';
const viewId = '{33333333-3333-4333-8333-333333333333}';
const chartId = '{44444444-4444-4444-8444-444444444444}';
const processId = '{55555555-5555-4555-8555-555555555555}';
const stepId = '{66666666-6666-4666-8666-666666666666}';
const dashboardId = '{77777777-7777-4777-8777-777777777777}';

export interface LabelledOptions {
  readonly managed?: '0' | '1';
  /** Labels of the cell, as XML. */
  readonly cell?: string;
  /** Labels of the same cell on a second form. */
  readonly secondCell?: string;
}

const root = (type: number, key: string) => `<RootComponent type="${type}" ${key} behavior="0" />`;
const cellOf = (content: string) => `<cell id="${cellId}">${content}</cell>`;
const form = (id: string, cell: string) =>
  `<systemform><formid>${id}</formid>${labels('LocalizedName', { 1033: 'Main' })}<form><tabs><tab id="{tab}">${labels(
    'label',
    { 1033: 'General', 1031: 'Allgemein' },
  )}<columns>${cellOf(cell)}</columns></tab></tabs></form></systemform>`;

/** One component of each kind that has texts, in English, some in German as well. */
export function aLabelledPackage(options: LabelledOptions = {}): SolutionPackage {
  const cell = options.cell ?? labels('label', { 1033: 'Size' });
  const second =
    options.secondCell === undefined ? '' : form('{99999999-1111-4111-8111-111111111111}', options.secondCell);
  const parts: readonly Part[] = [
    {
      root: root(1, 'schemaName="ora_box"'),
      list: 'Entities',
      node: `<Entity><Name LocalizedName="Box" OriginalName="Box">ora_Box</Name><EntityInfo><entity Name="ora_Box">
        ${labels('LocalizedName', { 1033: 'Box', 1031: 'Kiste' })}${labels('LocalizedCollectionName', { 1033: 'Boxes' })}
        ${labels('Description', { 1033: 'What apples travel in' })}
        <attributes><attribute PhysicalName="ora_Size"><optionset Name="ora_box_ora_size">
            <options><option value="1">${labels('label', { 1033: 'Small', 1031: 'Klein' })}${labels('Description', { 1033: 'Six apples' })}</option></options>
            ${labels('displayname', { 1033: 'Size' })}</optionset>
            ${labels('displayname', { 1033: 'Size', 1031: 'Größe' })}${labels('Description', { 1033: '' })}</attribute>
          <attribute PhysicalName="statecode"><optionset Name="ora_box_statecode">
            <states><state value="0">${labels('label', { 1033: 'Active' })}</state></states></optionset>
            ${labels('displayname', { 1033: 'Status' })}</attribute></attributes>
        <EntityKeys><EntityKey Name="ora_Number">${labels('displayname', { 1033: 'Number' })}</EntityKey></EntityKeys></entity></EntityInfo>
        <FormXml><forms type="main">${form(formId, cell)}${second}</forms></FormXml>
        <SavedQueries><savedqueries><savedquery><savedqueryid>${viewId}</savedqueryid>${labels('LocalizedName', { 1033: 'All boxes' })}</savedquery></savedqueries></SavedQueries>
        <Visualizations><visualization><savedqueryvisualizationid>${chartId}</savedqueryvisualizationid>${labels('LocalizedName', { 1033: 'By size' })}</visualization></Visualizations>
        <RibbonDiffXml><CustomActions /><LocLabels><LocLabel Id="ora.Ship.Label">${labels('Title', { 1033: 'Ship' })}</LocLabel></LocLabels></RibbonDiffXml></Entity>`,
    },
    {
      list: 'EntityRelationships',
      node: `<EntityRelationship Name="ora_box_account"><ReferencedEntityName>Account</ReferencedEntityName>
        <RelationshipDescription>${labels('Description', { 1033: 'Who owns it' })}</RelationshipDescription>
        <EntityRelationshipRoles><EntityRelationshipRole>${labels('CustomLabel', { 1033: 'Boxes of ours' })}</EntityRelationshipRole></EntityRelationshipRoles></EntityRelationship>`,
    },
    {
      root: root(9, 'schemaName="ora_colour"'),
      list: 'optionsets',
      node: `<optionset Name="ora_colour"><options><option value="7">${labels('label', { 1033: 'Red' })}</option></options>${labels('displayname', { 1033: 'Colour' })}</optionset>`,
    },
    {
      root: root(29, `id="${processId}"`),
      list: 'Workflows',
      node: `<Workflow WorkflowId="${processId}" Name="ship"><JsonFileName>/Workflows/ship-5.json</JsonFileName>
        ${labels('LocalizedName', { 1033: 'Ship a box' })}<labels><steplabels id="${stepId}"><label languagecode="1033" description="Pack" /></steplabels></labels></Workflow>`,
      files: { 'Workflows/ship-5.json': '{}' },
    },
    {
      root: root(60, `id="${dashboardId}"`),
      list: 'Dashboards',
      node: `<Dashboard><LocalizedNames><LocalizedName description="Overview" languagecode="1033" /></LocalizedNames><FormId>${dashboardId}</FormId>
        <FormXml><forms type="dashboard"><form><tabs><tab id="{dash}">${labels('label', { 1033: 'Numbers' })}</tab></tabs></form></forms></FormXml></Dashboard>`,
    },
    {
      root: root(80, 'schemaName="ora_App"'),
      list: 'AppModules',
      node: `<AppModule><UniqueName>ora_App</UniqueName>${labels('LocalizedName', { 1033: 'Orchard' })}</AppModule>`,
    },
    {
      root: root(62, 'schemaName="ora_App"'),
      list: 'AppModuleSiteMaps',
      node: `<AppModuleSiteMap><SiteMapUniqueName>ora_App</SiteMapUniqueName><SiteMap><Area Id="a">${titles({ 1033: 'Area' })}
        <Group Id="g">${titles({ 1033: 'Group' })}<SubArea Id="s">${titles({ 1033: 'Boxes', 1031: 'Kisten' })}</SubArea></Group></Area></SiteMap></AppModuleSiteMap>`,
    },
    { list: 'Languages', node: '<Language>1033</Language><Language>1031</Language>' },
  ];
  return aSolution(parts, { managed: options.managed ?? '0' });
}
