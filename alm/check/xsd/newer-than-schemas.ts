import type { XmlElement, XmlNode } from '../../../packaging/index.ts';

const words = (text: string) => text.split(/\s+/);

/**
 * What the platform has learned since the schemas were published, by the element it stands in: found in exports of the
 * platform itself, which import. `*` stands for any name that begins so.
 */
const newerElements: Readonly<Record<string, readonly string[]>> = {
  ImportExportXml: words(
    'connectionreferences CanvasApps EntityImageConfigs AttributeImageConfigs AIModels Connectors msdyn_*',
  ),
  attribute: words('AutoNumberFormat IsSearchable IsFilterable IsRetrievable IsLocalizable'),
  entity: words(
    'IsRetrieveAuditEnabled IsRetrieveMultipleAuditEnabled IsMSTeamsIntegrationEnabled IsSolutionAware HasRelated*',
  ),
  EntityRelationship: ['CascadeArchive'],
  // Written without the id the schema asks for.
  CustomControlDefaultConfigs: ['CustomControlDefaultConfig'],
  Workflow: words(
    'JsonFileName ModernFlowType BillingContext IsCustomProcessingStepAllowedForOtherPublishers ProcessTriggerScope ' +
      'UIFlowType Metadata Inputs Outputs Dependencies Definition ClientData ConnectionReferences SchemaVersion ' +
      'DesktopFlowModules Credentials',
  ),
  Role: words('IsAutoAssigned Description'),
  AppModule: words('OptimizedFor statecode statuscode NavigationType appelements appsettings'),
  AppModuleSiteMap: words('EnableCollapsibleGroups ShowHome ShowPinned ShowRecents'),
  SdkMessageProcessingStep: ['PluginTypeName'],
  parameters: words('HideQuickFormBorder data-set UClientEnableWhatsNewFilter'),
};

const newerAttributes: Readonly<Record<string, readonly string[]>> = {
  ImportExportXml: words('OrganizationVersion OrganizationSchemaType CRMServerServiceabilityVersion'),
  form: ['headerdensity'],
  column: ['id'],
  Role: words('isinherited Id'),
  SubArea: ['Page'],
  option: ['IsHidden'],
  state: ['IsHidden'],
  status: ['IsHidden'],
};

/** Marks of the differences managed packages are made of. */
const marks = ['solutionaction', 'ordinalvalue'];

/** Parameters of custom controls are named after the properties of their manifests. */
const hasOwnNames = (parent: string, name: string) => parent === 'customControl' && name === 'parameters';

/** Columns of types the schemas do not know. */
const newerTypes = ['file'];

export interface AsOfTheSchemasOptions {
  /** Told of the copy of each element. */
  readonly copied?: (copy: XmlElement, original: XmlElement) => void;
}

/** A copy without what is newer than the schemas. Dropped first: an unknown element hides errors that come after it. */
export function asOfTheSchemas(element: XmlElement, { copied }: AsOfTheSchemasOptions = {}): XmlElement {
  const [known, dropped] = [newerElements[element.name] ?? [], newerAttributes[element.name] ?? []];
  const keep = (node: XmlNode) => node.kind !== 'element' || !(isIn(known, node.name) || isNewerColumn(node));
  const copy: XmlElement = {
    ...element,
    attributes: new Map([...element.attributes].filter(([name]) => !dropped.includes(name) && !marks.includes(name))),
    children: element.children.filter(keep).map((node) => {
      if (node.kind !== 'element') return node;
      const inner = asOfTheSchemas(node, copied === undefined ? {} : { copied });
      return hasOwnNames(element.name, node.name) ? { ...inner, children: [] } : inner;
    }),
  };
  copied?.(copy, element);
  return copy;
}

const isIn = (names: readonly string[], name: string) =>
  names.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name));

function isNewerColumn(node: XmlElement): boolean {
  if (node.name !== 'attribute') return false;
  const type = node.children.find((inner) => inner.kind === 'element' && inner.name === 'Type');
  return (
    type?.kind === 'element' &&
    type.children.some((inner) => inner.kind === 'text' && newerTypes.includes(inner.text.trim()))
  );
}
