import * as React from 'react';
import { FormView } from '../form/form-view';
import { go, settle } from '../shell/navigation';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import type { App } from '../web-api/apps';
import { openForm, type RecordPlace } from './open-form';

interface RecordPageProps {
  readonly app: App;
  readonly place: RecordPlace;
}

/** One row in its main form. */
export function RecordPage({ app, place }: RecordPageProps): React.ReactElement {
  const opened = useAsync(
    () =>
      openForm(app, place, {
        created: (id) => settle({ ...place, id, values: undefined }),
        close: () => void go({ kind: 'list', app: app.id, table: place.table }),
      }),
    '',
  );
  if (opened.state === 'loading') return <Loading />;
  if (opened.state === 'failed') return <Failed error={opened.error} />;
  return <FormView {...opened.value} app={app} />;
}
