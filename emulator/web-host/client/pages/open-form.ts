import { loadLibraries } from '../form/form-scripts';
import { FormSession } from '../form/form-session';
import { readFormXml } from '../form/form-xml';
import { generateForm } from '../form/generated-form';
import { readValues } from '../shell/given-values';
import { go } from '../shell/navigation';
import type { Place } from '../shell/place';
import { currentUser } from '../shell/users';
import { readForms, type App } from '../web-api/apps';
import { readTable } from '../web-api/metadata';

export type RecordPlace = Extract<Place, { kind: 'record' }>;

export interface MainForm {
  readonly id: string;
  readonly name: string;
}

/** What happens to where the form is shown. */
export interface FormSurroundings {
  created(id: string): void;
  close(session: FormSession): void;
}

/** Opens a row, or a new one, in the main form the place names, else in the app's first. */
export async function openForm(app: App | undefined, place: RecordPlace, around: FormSurroundings) {
  const [table, forms] = await Promise.all([readTable(place.table), readForms(place.table, app)]);
  const form = forms.find(({ id }) => id === place.form) ?? forms[0];
  const definition = form === undefined ? generateForm(table) : readFormXml(form.xml);
  await loadLibraries(definition.libraries);
  const session: FormSession = new FormSession(table, definition, place.id, currentUser(), {
    created: (id) => around.created(id),
    close: () => around.close(session),
    openNew: () => void go({ kind: 'record', app: place.app, table: table.name }),
    forms: () =>
      forms.map(({ id, name }) => ({
        id,
        name,
        isCurrent: id === form?.id,
        open: () => void go({ ...place, id: session.model.id || undefined, form: id }),
      })),
  });
  await session.open(place.id === undefined ? readValues(place.values, table) : undefined);
  return { session, form: form as MainForm | undefined, forms: forms as readonly MainForm[] };
}
