import { attribute, child, children, descendants, type XmlElement } from '../../../packaging/index.ts';
import type { FormOfTable } from './form-of-table.ts';
import { findComponent } from './put-component.ts';
import type { ImportCall } from './import-platform.ts';
import { refusal } from './refusals.ts';

/** Forms that show, but do nothing. */
const withoutEvents = new Set(['quick', 'card']);

/** Refuses handlers and libraries that are not there, or stand where none may. Web resources are imported before forms. */
export function checkFormEvents(call: ImportCall, { table, kind, form, what }: FormOfTable): void {
  if (withoutEvents.has(kind)) {
    for (const name of ['events', 'formLibraries'])
      if (child(form, name) !== undefined)
        throw refusal('badForm', `Form XML of type ${kind} cannot contain element: ${name}. (${what})`);
  }
  const libraries = new Set(
    children(child(form, 'formLibraries'), 'Library').map((library) => attribute(library, 'name') ?? ''),
  );
  for (const library of libraries) {
    if (findComponent(call, 'webresource', 'name', library) === undefined)
      throw refusal('badForm', `${what} loads the web resource '${library}', which is not there.`);
  }
  const seen = new Set<string>();
  for (const handler of descendants(form, 'Handler')) checkHandler(handler, libraries, seen, what);
  for (const event of descendants(form, 'event')) {
    const column = attribute(event, 'attribute');
    if (column !== undefined && !table.columns.has(column.toLowerCase()))
      throw refusal('badForm', `${what} has an event of the column '${column}', which is not there.`);
  }
}

function checkHandler(handler: XmlElement, libraries: ReadonlySet<string>, seen: Set<string>, what: string): void {
  const name = attribute(handler, 'functionName') ?? '';
  const library = attribute(handler, 'libraryName') ?? '';
  const id = (attribute(handler, 'handlerUniqueId') ?? '').toLowerCase();
  if (name === '') throw refusal('badForm', `${what} has a handler without a function name.`);
  if (!libraries.has(library))
    throw refusal('badForm', `${what} calls '${name}' of the library '${library}', which the form does not load.`);
  if (seen.has(id)) throw refusal('badForm', `${what} has the handlerUniqueId ${id} twice.`);
  seen.add(id);
}
