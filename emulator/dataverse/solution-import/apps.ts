import { attribute, child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import { labelIn } from '../metadata/labels.ts';
import { stableId } from '../metadata/stable-id.ts';
import { isRole } from './check-form.ts';
import { findByType } from './component-types.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { findComponent, putComponent, putLabels, removeOthers } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

export function importApps(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'AppModules'), 'AppModule')) importApp(call, node);
}

function importApp(call: ImportCall, node: XmlElement): void {
  const unique = childText(node, 'UniqueName');
  const components = children(child(node, 'AppModuleComponents'), 'AppModuleComponent');
  if (!components.some((component) => attribute(component, 'type') === '62'))
    throw refusal('appWithoutSiteMap', `The app '${unique}' has no site map.`);
  const appmoduleid = findComponent(call, 'appmodule', 'uniquename', unique) ?? stableId('appmodule', unique);
  putComponent(call, 'appmodule', {
    appmoduleid,
    appmoduleidunique: appmoduleid,
    uniquename: unique,
    name: labelIn(readChildLabels(node, 'LocalizedNames')) || unique,
    description: labelIn(readChildLabels(node, 'Descriptions')) || null,
    clienttype: Number(childText(node, 'ClientType') || 4),
    formfactor: Number(childText(node, 'FormFactor') || 1),
    navigationtype: Number(childText(node, 'NavigationType') || 0),
    webresourceid: plainId(childText(node, 'WebResourceId')) || null,
    ismanaged: call.isManaged,
  });
  putLabels(call, 'appmodule', appmoduleid, {
    name: readChildLabels(node, 'LocalizedNames'),
    description: readChildLabels(node, 'Descriptions'),
  });
  const ids = new Set(components.map((component) => importComponent(call, { unique, appmoduleid }, component)));
  removeOthers(call, 'appmodulecomponent', { column: 'appmoduleidunique', id: appmoduleid }, ids);
  importRoleMaps(call, { unique, appmoduleid }, node);
}

interface App {
  readonly unique: string;
  readonly appmoduleid: string;
}

function importComponent(call: ImportCall, { unique, appmoduleid }: App, component: XmlElement): string {
  const type = Number(attribute(component, 'type'));
  const key = attribute(component, 'schemaName') ?? plainId(attribute(component, 'id') ?? '');
  const objectid = findByType(call, type, key);
  if (objectid === undefined)
    throw refusal('badApp', `The app '${unique}' names the component '${key}' of type ${type}, which is not there.`);
  const appmodulecomponentid = stableId('appmodulecomponent', unique, String(type), key);
  if (objectid === 'unknown') {
    call.warnings.push(
      `The component '${key}' of type ${type} of the app '${unique}' has no effect: it is not emulated.`,
    );
    return appmodulecomponentid;
  }
  putComponent(call, 'appmodulecomponent', {
    appmodulecomponentid,
    appmoduleidunique: { table: 'appmodule', id: appmoduleid },
    componenttype: type,
    objectid,
  });
  return appmodulecomponentid;
}

/** Who may open the app. */
function importRoleMaps(call: ImportCall, { unique, appmoduleid }: App, node: XmlElement): void {
  const table = call.catalogue.table('appmoduleroles');
  const ids = new Set<string>();
  for (const role of children(child(node, 'AppModuleRoleMaps'), 'Role')) {
    const roleid = plainId(attribute(role, 'id') ?? '');
    if (!isRole(call, roleid))
      throw refusal('badApp', `The app '${unique}' is for the role ${roleid}, which is not there.`);
    if (table === undefined) continue;
    const id = stableId('appmoduleroles', appmoduleid, roleid);
    ids.add(id);
    putComponent(call, 'appmoduleroles', { [table.primaryId]: id, appmoduleid, roleid });
  }
  removeOthers(call, 'appmoduleroles', { column: 'appmoduleid', id: appmoduleid }, ids);
}
