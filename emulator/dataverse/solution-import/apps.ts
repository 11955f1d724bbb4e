import { attribute, child, childText, children, writeXml } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { labelIn } from '../metadata/labels.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';
import { readChildLabels } from './read-labels.ts';

export function importSiteMaps(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'AppModuleSiteMaps'), 'AppModuleSiteMap')) {
    const unique = childText(node, 'SiteMapUniqueName');
    const siteMap = child(node, 'SiteMap');
    if (siteMap === undefined) throw faults.import('0x8004F401', `The site map '${unique}' has no SiteMap element.`);
    putComponent(call, 'sitemap', {
      sitemapid: stableId('sitemap', unique),
      sitemapname: labelIn(readChildLabels(node, 'LocalizedNames')) || unique,
      sitemapnameunique: unique,
      sitemapxml: writeXml(siteMap),
      isappaware: true,
      ismanaged: call.isManaged,
    });
  }
}

export function importApps(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'AppModules'), 'AppModule')) {
    const unique = childText(node, 'UniqueName');
    const appmoduleid = stableId('appmodule', unique);
    const components = children(child(node, 'AppModuleComponents'), 'AppModuleComponent');
    if (!components.some((component) => attribute(component, 'type') === '62'))
      throw faults.import('0x8005011C', `The app '${unique}' has no site map.`);
    putComponent(call, 'appmodule', {
      appmoduleid,
      appmoduleidunique: appmoduleid,
      uniquename: unique,
      name: labelIn(readChildLabels(node, 'LocalizedNames')) || unique,
      description: labelIn(readChildLabels(node, 'Descriptions')) || null,
      clienttype: Number(childText(node, 'ClientType') || 4),
      formfactor: Number(childText(node, 'FormFactor') || 1),
      webresourceid: plainId(childText(node, 'WebResourceId')) || null,
      ismanaged: call.isManaged,
    });
    call.database.run('delete from "appmodulecomponent" where "appmoduleidunique" = ?', [appmoduleid]);
    for (const component of components) {
      const type = Number(attribute(component, 'type'));
      const objectid = componentId(call, unique, type, attribute(component, 'schemaName'), attribute(component, 'id'));
      putComponent(call, 'appmodulecomponent', {
        appmodulecomponentid: stableId('appmodulecomponent', unique, String(type), objectid),
        appmoduleidunique: { table: 'appmodule', id: appmoduleid },
        componenttype: type,
        objectid,
      });
    }
  }
}

function componentId(
  call: ImportCall,
  app: string,
  type: number,
  schemaName: string | undefined,
  id: string | undefined,
): string {
  if (id !== undefined) return plainId(id);
  if (type === 62) return stableId('sitemap', schemaName ?? '');
  const table = call.catalogue.table(schemaName ?? '');
  if (type === 1 && table !== undefined) return table.metadataId;
  throw faults.import(
    '0x80050123',
    `The app '${app}' names the component '${schemaName}' of type ${type}, which is not there.`,
  );
}
