import * as React from 'react';
import { ThemeProvider } from '@fluentui/react';
import { CataloguePage } from '../pages/catalogue-page';
import { EventsPage } from '../pages/events/events-page';
import { FinanceOperationsPage } from '../pages/finance-operations-page';
import { ApprovalsPage } from '../pages/flows/approvals-page';
import { FlowPage } from '../pages/flows/flow-page';
import { FlowsPage } from '../pages/flows/flows-page';
import { OutboxPage } from '../pages/flows/outbox-page';
import { RunPage } from '../pages/flows/run-page';
import { RunsPage } from '../pages/flows/runs-page';
import { TableMapPage, TableMapsPage } from '../pages/table-maps-page';
import { HomePage } from '../pages/home-page';
import { LinkPage } from '../pages/link-page';
import { ListPage } from '../pages/list-page';
import { RecordPage } from '../pages/record-page';
import { SearchPage } from '../pages/search-page';
import { readApps, type App } from '../web-api/apps';
import { AppHeader } from './app-header';
import { Dialogs } from './dialogs';
import { replace, usePlace } from './navigation';
import { Failed, Loading } from './page-state';
import type { CentrePlace, Place } from './place';
import { SiteMap } from './site-map';
import { currentTheme, fluentTheme } from './theme';
import { useAsync, type Async } from './use-async';
import type { CurrentUser } from './users';
import { shellWords } from '../language/words/shell';
import type { UserSettings } from '../web-api/user-settings';
import { QuickCreates } from '../form/quick-create/quick-create-panel';
import { GlobalNotifications } from './global-notifications';
import { setAppInSight } from './open-row';

interface ShellProps {
  readonly user: CurrentUser;
  readonly users: readonly CurrentUser[];
  readonly settings: UserSettings;
}

/** Header, site map and the page in sight. */
export function Shell({ user, users, settings }: ShellProps): React.ReactElement {
  const place = usePlace();
  const apps = useAsync(readApps, user.email);
  const [theme, setTheme] = React.useState(currentTheme);
  const app = apps.state === 'done' ? appOf(place, apps.value) : undefined;
  setAppInSight(app);
  return (
    <ThemeProvider theme={fluentTheme(theme)} applyTo="body">
      <div className={app === undefined ? 'app without-nav' : 'app'}>
        <a
          className="skip"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('main')?.focus();
          }}
        >
          {shellWords('skipToContent')}
        </a>
        <AppHeader
          app={app}
          searched={place.kind === 'search' ? place.text : ''}
          user={user}
          users={users}
          settings={settings}
          theme={theme}
          onTheme={setTheme}
        />
        {app !== undefined && <SiteMap app={app} table={'table' in place ? place.table : undefined} />}
        <main className="main" id="main" tabIndex={-1}>
          <GlobalNotifications />
          <Content place={place} app={app} apps={apps} />
        </main>
      </div>
      <QuickCreates />
      <Dialogs />
    </ThemeProvider>
  );
}

interface ContentProps {
  readonly place: Place;
  readonly app: App | undefined;
  readonly apps: Async<App[]>;
}

/** Pages of the integration centre need no app, all others wait for it. */
function Content({ place, app, apps }: ContentProps): React.ReactElement {
  if (place.kind === 'flowRuns')
    return place.id === undefined ? <RunsPage flow={place.flow} /> : <RunPage key={place.id} id={place.id} />;
  if (place.kind === 'flows') return place.id === undefined ? <FlowsPage /> : <FlowPage key={place.id} id={place.id} />;
  if (place.kind === 'outbox') return <OutboxPage />;
  if (place.kind === 'approvals') return <ApprovalsPage />;
  if (place.kind === 'link') return <LinkPage />;
  if (place.kind === 'events') return <EventsPage />;
  if (place.kind === 'catalogue') return <CataloguePage />;
  if (place.kind === 'financeOperations') return <FinanceOperationsPage />;
  if (place.kind === 'tableMaps') return <TableMapsPage />;
  if (place.kind === 'tableMap') return <TableMapPage key={place.name} name={place.name} />;
  if (apps.state === 'loading') return <Loading />;
  if (apps.state === 'failed') return <Failed error={apps.error} />;
  return <Page place={place} app={app} apps={apps.value} />;
}

function appOf(place: Place, apps: readonly App[]): App | undefined {
  if (!('app' in place)) return undefined;
  return apps.find((one) => one.id === place.app || one.uniqueName === place.app);
}

interface PageProps {
  readonly place: Exclude<Place, CentrePlace>;
  readonly app: App | undefined;
  readonly apps: readonly App[];
}

function Page({ place, app, apps }: PageProps): React.ReactElement {
  const only = apps.length === 1 ? apps[0] : undefined;
  const opened = place.kind === 'app' ? app : place.kind === 'home' ? only : undefined;
  React.useEffect(() => {
    const first = opened?.groups.flatMap((group) => group.items)[0];
    if (opened !== undefined && first !== undefined) replace({ kind: 'list', app: opened.id, table: first.table });
  }, [opened]);
  if (opened !== undefined) return <Loading />;
  if (place.kind === 'home') return <HomePage apps={apps} />;
  if (place.kind === 'unknown')
    return (
      <Failed error={new Error(`Pages of type '${place.pageType}' are not emulated. See docs/support-matrix.md.`)} />
    );
  if (app === undefined || place.kind === 'app') return <Failed error={new Error(shellWords('noSuchApp'))} />;
  if (place.kind === 'search') return <SearchPage key={place.text} app={app} text={place.text} />;
  if (place.kind === 'list') return <ListPage key={place.table} app={app} table={place.table} view={place.view} />;
  return <RecordPage key={`${place.table} ${place.id} ${place.form}`} app={app} place={place} />;
}
