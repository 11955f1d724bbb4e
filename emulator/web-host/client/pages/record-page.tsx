import * as React from 'react';
import { loadLibraries } from '../form/form-scripts';
import { FormSession } from '../form/form-session';
import { FormView } from '../form/form-view';
import { readFormXml } from '../form/form-xml';
import { generateForm } from '../form/generated-form';
import { go, settle } from '../shell/navigation';
import { Failed, Loading } from '../shell/page-state';
import type { Place } from '../shell/place';
import type { CurrentUser } from '../shell/users';
import { useAsync } from '../shell/use-async';
import { readForms, type App } from '../web-api/apps';
import { readTable } from '../web-api/metadata';
import { readValues } from '../shell/given-values';

type RecordPlace = Extract<Place, { kind: 'record' }>;

interface RecordPageProps {
  readonly app: App;
  readonly place: RecordPlace;
  readonly user: CurrentUser;
}

export interface MainForm {
  readonly id: string;
  readonly name: string;
}

/** One row in its main form. */
export function RecordPage({ app, place, user }: RecordPageProps): React.ReactElement {
  const opened = useAsync(() => openForm(app, place, user), '');
  if (opened.state === 'loading') return <Loading />;
  if (opened.state === 'failed') return <Failed error={opened.error} />;
  const { session, form, forms } = opened.value;
  return <FormView session={session} app={app} form={form} forms={forms} />;
}

async function openForm(app: App, place: RecordPlace, user: CurrentUser) {
  const [table, forms] = await Promise.all([readTable(place.table), readForms(place.table, app)]);
  const form = forms.find(({ id }) => id === place.form) ?? forms[0];
  const definition = form === undefined ? generateForm(table) : readFormXml(form.xml);
  await loadLibraries(definition.libraries);
  const session = new FormSession(table, definition, place.id, user, {
    created: (id) => settle({ ...place, id }),
    close: () => void go({ kind: 'list', app: app.id, table: table.name }),
    openNew: () => void go({ kind: 'record', app: app.id, table: table.name }),
  });
  await session.open(place.id === undefined ? readValues(place.values, table) : undefined);
  return { session, form: form as MainForm | undefined, forms: forms as readonly MainForm[] };
}
