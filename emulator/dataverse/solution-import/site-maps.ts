import {
  attribute,
  child,
  childText,
  children,
  descendants,
  writeXml,
  type XmlElement,
} from '../../../packaging/index.ts';
import { labelIn } from '../metadata/labels.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { requireUnique } from './names.ts';
import { findComponent, putComponent } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

export function importSiteMaps(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'AppModuleSiteMaps'), 'AppModuleSiteMap')) {
    const unique = childText(node, 'SiteMapUniqueName');
    const siteMap = child(node, 'SiteMap');
    if (siteMap === undefined) throw refusal('badSiteMap', `The site map '${unique}' has no SiteMap element.`);
    checkSiteMap(call, unique, siteMap);
    putComponent(call, 'sitemap', {
      sitemapid: findComponent(call, 'sitemap', 'sitemapnameunique', unique) ?? stableId('sitemap', unique),
      sitemapname: labelIn(readChildLabels(node, 'LocalizedNames')) || unique,
      sitemapnameunique: unique,
      sitemapxml: writeXml(siteMap),
      isappaware: true,
      ismanaged: call.isManaged,
    });
  }
}

function checkSiteMap(call: ImportCall, unique: string, siteMap: XmlElement): void {
  const parts = ['Area', 'Group', 'SubArea'].flatMap((name) => [...descendants(siteMap, name)]);
  requireUnique(
    parts.map((part) => attribute(part, 'Id') ?? ''),
    `part of the site map '${unique}'`,
    'badSiteMap',
  );
  for (const subArea of descendants(siteMap, 'SubArea')) {
    const entity = attribute(subArea, 'Entity');
    const what = `The sub-area '${attribute(subArea, 'Id') ?? ''}' of the site map '${unique}'`;
    if (entity !== undefined && call.catalogue.table(entity) === undefined)
      throw refusal('badSiteMap', `${what} shows the table '${entity}', which is not there.`);
    const resource = /^(?:\$webresource:|\/WebResources\/)([^?]+)/.exec(attribute(subArea, 'Url') ?? '')?.[1];
    if (resource !== undefined && findComponent(call, 'webresource', 'name', resource) === undefined)
      throw refusal('badSiteMap', `${what} shows the web resource '${resource}', which is not there.`);
  }
}
