import { child, childText, children, elements, writeXml } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { findComponent, putComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

/** The control every grid of a table is shown in, where its maker has set one. */
export function importDefaultControls(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = childText(node, 'Name').toLowerCase();
    for (const config of children(child(node, 'CustomControlDefaultConfigs'), 'CustomControlDefaultConfig')) {
      const xml = child(config, 'ControlDescriptionXML');
      const [descriptions] = xml === undefined ? [] : elements(xml);
      if (descriptions === undefined || elements(descriptions).length === 0) continue;
      requireControls(call, table, writeXml(descriptions));
      putComponent(call, 'customcontroldefaultconfig', {
        customcontroldefaultconfigid: stableId('customcontroldefaultconfig', table),
        primaryentitytypecode: table,
        controldescriptionxml: writeXml(descriptions),
        ismanaged: call.isManaged,
      });
    }
  }
}

function requireControls(call: ImportCall, table: string, xml: string): void {
  for (const [, name] of xml.matchAll(/<customControl\b[^>]*\bname="([^"]+)"/g)) {
    if (name!.startsWith('MscrmControls.') || findComponent(call, 'customcontrol', 'name', name!) !== undefined)
      continue;
    throw refusal('missingComponent', `The grids of '${table}' name the control '${name!}', which is not there.`);
  }
}
