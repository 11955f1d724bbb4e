import { attribute, childText, type XmlElement } from '../xml/index.ts';

/** Files of one component type, one component a file, and the node of `customizations.xml` they go into. */
export interface FragmentFolder {
  readonly node: string;
  /** The component, one level below the node. */
  readonly element: string;
  readonly folder: string;
  readonly file: RegExp;
  /** The managed package may have a file of its own, `…_managed.xml`. */
  readonly hasManagedTwins?: true;
  /** Path below the folder a component is unpacked to; one that does not fit `file` is no place. */
  place(component: XmlElement): string;
}

/** A name as a file name: what no file can be called is written as `_`. */
const fileName = (name = '') => name.replace(/[\\/:*?"<>|]/g, '_');
const braced = (id = '') => `{${id.replace(/[{}]/g, '').toLowerCase()}}`;
const below = (folder: string, path: string) => (path.startsWith(`/${folder}/`) ? path.slice(folder.length + 2) : '');

/** Flows and processes keep the name of their file; one without a file is named as the platform would. */
function placeOfProcess(process: XmlElement): string {
  const file = below('Workflows', childText(process, 'JsonFileName') || childText(process, 'XamlFileName'));
  if (file !== '') return `${file}.data.xml`;
  const stem = (attribute(process, 'Name') ?? '').replace(/[^A-Za-z0-9-]/g, '').slice(0, 50);
  const id = (attribute(process, 'WorkflowId') ?? '').replace(/[{}]/g, '').toUpperCase();
  return `${stem}-${id}.data.xml`;
}

/** SolutionPackager's classic layout. */
export const fragmentFolders: readonly FragmentFolder[] = [
  {
    node: 'Roles',
    element: 'Role',
    folder: 'Roles/',
    file: /^[^/]+\.xml$/,
    place: (role) => `${fileName(attribute(role, 'name'))}.xml`,
  },
  {
    node: 'Workflows',
    element: 'Workflow',
    folder: 'Workflows/',
    file: /^[^/]+\.data\.xml$/,
    place: placeOfProcess,
  },
  {
    node: 'optionsets',
    element: 'optionset',
    folder: 'OptionSets/',
    file: /^[^/]+\.xml$/,
    place: (choice) => `${attribute(choice, 'Name') ?? ''}.xml`,
  },
  {
    node: 'Dashboards',
    element: 'Dashboard',
    folder: 'Dashboards/',
    file: /^[^/]+\.xml$/,
    place: (dashboard) => `${braced(childText(dashboard, 'FormId'))}.xml`,
  },
  {
    node: 'WebResources',
    element: 'WebResource',
    folder: 'WebResources/',
    file: /\.data\.xml$/,
    place: (resource) => `${childText(resource, 'Name')}.data.xml`,
  },
  {
    node: 'CustomControls',
    element: 'CustomControl',
    folder: 'Controls/',
    file: /^[^/]+\/ControlManifest\.xml\.data\.xml$/,
    place: (control) => `${below('Controls', childText(control, 'FileName'))}.data.xml`,
  },
  {
    node: 'SolutionPluginAssemblies',
    element: 'PluginAssembly',
    folder: 'PluginAssemblies/',
    file: /\.dll\.data\.xml$/,
    place: (assembly) => `${below('PluginAssemblies', childText(assembly, 'FileName'))}.data.xml`,
  },
  {
    node: 'SdkMessageProcessingSteps',
    element: 'SdkMessageProcessingStep',
    folder: 'SdkMessageProcessingSteps/',
    file: /^[^/]+\.xml$/,
    place: (step) => `${braced(attribute(step, 'SdkMessageProcessingStepId'))}.xml`,
  },
  {
    node: 'AppModuleSiteMaps',
    element: 'AppModuleSiteMap',
    folder: 'AppModuleSiteMaps/',
    file: /^[^/]+\/AppModuleSiteMap(_managed)?\.xml$/,
    hasManagedTwins: true,
    place: (siteMap) => `${childText(siteMap, 'SiteMapUniqueName')}/AppModuleSiteMap.xml`,
  },
  {
    node: 'AppModules',
    element: 'AppModule',
    folder: 'AppModules/',
    file: /^[^/]+\/AppModule(_managed)?\.xml$/,
    hasManagedTwins: true,
    place: (app) => `${childText(app, 'UniqueName')}/AppModule.xml`,
  },
  {
    node: 'CanvasApps',
    element: 'CanvasApp',
    folder: 'CanvasApps/',
    file: /^[^/]+\.meta\.xml$/,
    place: (app) => `${childText(app, 'Name')}.meta.xml`,
  },
  {
    node: 'Connectors',
    element: 'Connector',
    folder: 'Connectors/',
    file: /^[^/]+\.xml$/,
    place: (connector) => `${childText(connector, 'name')}.xml`,
  },
];

/** Component types kept whole in one file. */
export const wholeFiles: readonly { readonly node: string; readonly path: string; readonly hasManagedTwins?: true }[] =
  [
    { node: 'FieldSecurityProfiles', path: 'Other/FieldSecurityProfiles.xml' },
    { node: 'ConnectionRoles', path: 'Other/ConnectionRoles.xml' },
    { node: 'RibbonDiffXml', path: 'Other/RibbonCustomizations.xml' },
    { node: 'SiteMap', path: 'Other/SiteMap.xml', hasManagedTwins: true },
    { node: 'EntityMaps', path: 'Other/EntityMaps.xml' },
    { node: 'ServiceEndpoints', path: 'PluginAssemblies/ServiceEndpoints.xml' },
  ];

/** Lists that stay in `Other/Customizations.xml`, in trees of the official tool too. */
export const inlineNodes: readonly string[] = [
  'connectionreferences',
  'EntityImageConfigs',
  'AttributeImageConfigs',
  'EntityDataSources',
  'EntityDataProviders',
  'Languages',
];

/** Components defined by solutions: their files go into the zip as they are. */
export const verbatimFolders: readonly string[] = [
  'environmentvariabledefinitions',
  'appactions',
  'appactionrules',
  'customapis',
  'customapirequestparameters',
  'customapiresponseproperties',
  'catalogs',
  'bots',
  'botcomponents',
  'aiplugins',
  'aipluginoperations',
  'pluginpackages',
  'maskingrules',
  'Assets',
];

/**
 * Folders whose files mean something by what refers to them. A file there that nothing refers to is a mistake; one in a
 * folder that is not in this list is a component of a type we do not know, and travels as it is.
 */
export const ownedFolders: readonly string[] = [
  ...fragmentFolders.map(({ folder }) => folder.slice(0, -1)),
  'Other',
  'Entities',
  'Resources',
  // Split by the official tool in ways that are not documented, or ignored by the platform.
  'Reports',
  'Templates',
  'Dialogs',
  'InteractionCentricDashboards',
  'EnvironmentVariables',
];

/** Names of the folders below `FormXml`, which are the types of the forms in them. */
export const formTypes: readonly string[] = [
  'main',
  'quick',
  'quickCreate',
  'card',
  'mobile',
  'dashboard',
  'dialog',
  'taskBasedForm',
  'mainInteractionCentric',
  'mainBackup',
  'appointmentBook',
  'appointmentBookBackup',
  'miniCampaignBO',
  'preview',
  'other',
  'task',
  'contextualDashboard',
  'powerBIDashboard',
  'interactionCentricDashboard',
  'quickViewForm',
];

/** Files beside the layout that are no component: those of the packers themselves, and hidden ones. */
export const besideTheLayout =
  /^(map\.xml|[^/]+\.cdsproj|README\.md|LICENSE|maps\/.+|(bin|obj|node_modules)\/.+|(.+\/)?\.[^/]+(\/.+)?)$/;
