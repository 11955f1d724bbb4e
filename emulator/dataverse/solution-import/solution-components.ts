import { child, childText, children, descend, elements } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import { componentTypes } from './component-types.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { findComponent, putComponent } from './put-component.ts';
import { readRootComponents } from './root-components.ts';

/** Notes which components the solution holds: its root components, and those that travel without being listed. */
export function recordComponents(call: ImportCall): void {
  for (const { type, key, behavior } of readRootComponents(call.pkg)) {
    const id = componentTypes.find((one) => one.type === type)?.find(call, key);
    if (id !== undefined) record(call, type, id, behavior);
  }
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    for (const view of children(descend(node, 'SavedQueries', 'savedqueries'), 'savedquery'))
      record(call, 26, plainId(childText(view, 'savedqueryid')));
    for (const group of children(child(node, 'FormXml'), 'forms'))
      for (const form of elements(group)) record(call, 60, plainId(childText(form, 'formid')));
  }
  for (const path of call.pkg.files.keys()) {
    const name = /^environmentvariabledefinitions\/([^/]+)\/environmentvariabledefinition\.xml$/.exec(path)?.[1];
    const id = findComponent(call, 'environmentvariabledefinition', 'schemaname', name ?? '');
    if (id !== undefined) record(call, 380, id);
  }
  recordCatalogs(call);
}

/** Catalogs and assignments of the package. Decided: the number of their type is the code of their table. */
function recordCatalogs(call: ImportCall): void {
  for (const table of ['catalog', 'catalogassignment']) {
    const type = call.catalogue.table(table)?.objectTypeCode;
    const rows = call.database.all('select id from "emulator$layers" where solution = ? and tablename = ?', [
      call.solution,
      table,
    ]);
    if (type !== undefined) for (const { id } of rows) record(call, type, String(id));
  }
}

function record(call: ImportCall, componenttype: number, objectid: string, rootcomponentbehavior?: number): void {
  putComponent(call, 'solutioncomponent', {
    solutioncomponentid: stableId('solutioncomponent', call.solutionId, String(componenttype), objectid),
    solutionid: { table: 'solution', id: call.solutionId },
    componenttype,
    objectid,
    rootcomponentbehavior: rootcomponentbehavior ?? null,
    ismetadata: [1, 9].includes(componenttype),
  });
}
