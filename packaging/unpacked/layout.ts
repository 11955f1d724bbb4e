/** Files of one component type, one component a file, and the node of `customizations.xml` they go into. */
export interface FragmentFolder {
  readonly node: string;
  readonly folder: string;
  readonly file: RegExp;
  /** The managed package may have a file of its own, `…_managed.xml`. */
  readonly hasManagedTwins?: true;
}

/** SolutionPackager's classic layout. */
export const fragmentFolders: readonly FragmentFolder[] = [
  { node: 'Roles', folder: 'Roles/', file: /^[^/]+\.xml$/ },
  { node: 'Workflows', folder: 'Workflows/', file: /^[^/]+\.data\.xml$/ },
  { node: 'optionsets', folder: 'OptionSets/', file: /^[^/]+\.xml$/ },
  { node: 'Dashboards', folder: 'Dashboards/', file: /^[^/]+\.xml$/ },
  { node: 'WebResources', folder: 'WebResources/', file: /\.data\.xml$/ },
  { node: 'CustomControls', folder: 'Controls/', file: /^[^/]+\/ControlManifest\.xml\.data\.xml$/ },
  { node: 'SolutionPluginAssemblies', folder: 'PluginAssemblies/', file: /\.dll\.data\.xml$/ },
  { node: 'SdkMessageProcessingSteps', folder: 'SdkMessageProcessingSteps/', file: /^[^/]+\.xml$/ },
  {
    node: 'AppModuleSiteMaps',
    folder: 'AppModuleSiteMaps/',
    file: /^[^/]+\/AppModuleSiteMap(_managed)?\.xml$/,
    hasManagedTwins: true,
  },
  { node: 'AppModules', folder: 'AppModules/', file: /^[^/]+\/AppModule(_managed)?\.xml$/, hasManagedTwins: true },
  { node: 'CanvasApps', folder: 'CanvasApps/', file: /^[^/]+\.meta\.xml$/ },
  { node: 'Connectors', folder: 'Connectors/', file: /^[^/]+\.xml$/ },
];

/** Component types kept whole in one file. */
export const wholeFiles: readonly { readonly node: string; readonly path: string }[] = [
  { node: 'FieldSecurityProfiles', path: 'Other/FieldSecurityProfiles.xml' },
  { node: 'ConnectionRoles', path: 'Other/ConnectionRoles.xml' },
  { node: 'RibbonDiffXml', path: 'Other/RibbonCustomizations.xml' },
  { node: 'SiteMap', path: 'Other/SiteMap.xml' },
  { node: 'EntityMaps', path: 'Other/EntityMaps.xml' },
  { node: 'ServiceEndpoints', path: 'PluginAssemblies/ServiceEndpoints.xml' },
];

/** Components defined by solutions: their files go into the zip as they are. */
export const verbatimFolders: readonly string[] = [
  'environmentvariabledefinitions',
  'appactions',
  'appactionrules',
  'customapis',
  'customapirequestparameters',
  'customapiresponseproperties',
  'bots',
  'botcomponents',
  'aiplugins',
  'aipluginoperations',
  'pluginpackages',
  'maskingrules',
  'Assets',
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
];

/** Files beside the layout that are no component: those of the packers themselves. */
export const besideTheLayout = /^(map\.xml|[^/]+\.cdsproj|README\.md|LICENSE|\.gitignore|maps\/.+)$/;
