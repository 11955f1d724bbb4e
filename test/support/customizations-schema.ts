import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elements, type XmlElement } from '../../packaging/index.ts';

/** .NET regular expressions of the published schemas, and what a strict processor takes instead. */
const mends: readonly (readonly [file: string, from: string, to: string])[] = [
  ['FormXml.xsd', '(\\$webresource:|/)(.)+', '($webresource:|/)(.)+'],
  ['FormXml.xsd', '^(100|[0-9]{1,2})%$', '(100|[0-9]{1,2})%'],
  ['FormXml.xsd', '(?![cC][rR][mM]_)([A-Za-z0-9])+([_])+([A-Za-z0-9_])*', '([A-Za-z0-9])+([_])+([A-Za-z0-9_])*'],
  ['CustomizationsSolution.xsd', '^(100|[0-9]{1,2})%$', '(100|[0-9]{1,2})%'],
  ['Fetch.xsd', '^[0-9]+(\\.[0-9]+){1,3}$', '[0-9]+(\\.[0-9]+){1,3}'],
];

/** The schemas of a folder by file name, mended in memory. */
export function readSchemas(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.xsd'));
  const schemas = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '')]),
  );
  for (const [file, from, to] of mends) {
    const text = schemas[file];
    if (text === undefined || !text.includes(from)) throw new Error(`${file} has no pattern ${from}.`);
    schemas[file] = text.replaceAll(from, to);
  }
  schemas['FormXml.xsd'] = withoutSecondChoice(schemas['FormXml.xsd']!);
  return schemas;
}

/**
 * Parameters of the search widget are a choice of their own beside one that holds them already: the same documents are
 * valid without the second, and a strict processor asks for one way to read each.
 */
function withoutSecondChoice(schema: string): string {
  const choice =
    /<!-- Search Widget parameters -->\s*<xs:choice [^>]*>\s*<xs:group ref="SearchWidgetControlParameters"[^>]*>\s*<\/xs:choice>/;
  if (!choice.test(schema)) throw new Error('FormXml.xsd has no second choice of search widget parameters.');
  return schema.replace(choice, '');
}

/** What the platform has learned since the schemas were published, by the element it stands in. */
const newerElements: Readonly<Record<string, readonly string[]>> = {
  ImportExportXml: ['connectionreferences'],
  attribute: ['AutoNumberFormat', 'IsSearchable', 'IsFilterable', 'IsRetrievable', 'IsLocalizable'],
  entity: [
    'IsRetrieveAuditEnabled',
    'IsRetrieveMultipleAuditEnabled',
    'IsMSTeamsIntegrationEnabled',
    'IsSolutionAware',
    'HasRelatedNotes',
  ],
  EntityRelationship: ['CascadeArchive'],
  Workflow: ['JsonFileName', 'ModernFlowType', 'IsCustomProcessingStepAllowedForOtherPublishers'],
  Role: ['IsAutoAssigned'],
  AppModule: ['OptimizedFor', 'statecode', 'statuscode', 'NavigationType', 'appelements', 'appsettings'],
  AppModuleSiteMap: ['EnableCollapsibleGroups', 'ShowHome', 'ShowPinned', 'ShowRecents'],
};
const newerAttributes: Readonly<Record<string, readonly string[]>> = { form: ['headerdensity'] };

/** A copy without what is newer than the schemas. Dropped first: an unknown element hides errors that come after it. */
export function asOfTheSchemas(element: XmlElement): XmlElement {
  const isNewer = (node: XmlElement) => newerElements[element.name]?.includes(node.name) ?? false;
  const newer = newerAttributes[element.name] ?? [];
  return {
    ...element,
    attributes: new Map([...element.attributes].filter(([name]) => !newer.includes(name))),
    children: element.children
      .filter((node) => node.kind !== 'element' || !isNewer(node))
      .map((node) => (node.kind === 'element' ? asOfTheSchemas(node) : node)),
  };
}

/** Every element with its own path, for telling where an error is. */
export function* withPaths(element: XmlElement, path = element.name): Generator<readonly [string, XmlElement]> {
  yield [path, element];
  for (const inner of elements(element)) yield* withPaths(inner, `${path}/${inner.name}`);
}
