import { child, childText, children, descendants, elements, type XmlElement } from '../../../packaging/index.ts';
import { assignmentsPath } from './catalogs.ts';
import type { ImportCall } from './import-platform.ts';

/** Top-level nodes that are read. */
export const knownNodes = new Set([
  'Entities',
  'Roles',
  'Workflows',
  'FieldSecurityProfiles',
  'EntityRelationships',
  'optionsets',
  'WebResources',
  'CustomControls',
  'AppModuleSiteMaps',
  'AppModules',
  'connectionreferences',
  'EntityMaps',
  'EntityImageConfigs',
  'AttributeImageConfigs',
  'Languages',
]);

/** Folders of the package whose files are read, or stand behind a node that is. */
export const knownFolders = new Set([
  'WebResources',
  'Workflows',
  'Controls',
  'environmentvariabledefinitions',
  'appactions',
  'customapis',
  'customapirequestparameters',
  'customapiresponseproperties',
  'catalogs',
]);

/** Names, in the import's warnings, what is kept in the stored package but does nothing here: nothing is dropped in silence. */
export function warnOfWithoutEffect(call: ImportCall): void {
  const { customizations, files } = call.pkg;
  const warn = (what: string) => call.warnings.push(`${what}, but without effect: not emulated.`);
  for (const node of elements(customizations))
    if (!knownNodes.has(node.name) && elements(node).length > 0)
      warn(`The components in <${node.name}> are kept in the package`);
  const folders = new Set([...files.keys()].map((path) => path.split('/')[0]!));
  for (const folder of folders)
    if (!knownFolders.has(folder) && !isAssignmentsOnly(folder, files))
      warn(`The files in '${folder}/' are kept in the package`);
  for (const node of children(child(customizations, 'Entities'), 'Entity')) {
    const table = childText(node, 'Name');
    if (hasRibbon(child(node, 'RibbonDiffXml'))) warn(`The command bar of '${table}' is kept in the package`);
  }
}

/** `Assets` holds data of many tables; what is assigned to catalogs is read. */
const isAssignmentsOnly = (folder: string, files: ReadonlyMap<string, Buffer>): boolean =>
  folder === 'Assets' && [...files.keys()].every((path) => !path.startsWith('Assets/') || path === assignmentsPath);

/** Every table carries an empty ribbon difference. */
function hasRibbon(ribbon: XmlElement | undefined): boolean {
  if (ribbon === undefined) return false;
  return ['CustomAction', 'HideCustomAction', 'CommandDefinition'].some(
    (name) => !descendants(ribbon, name).next().done,
  );
}
