import * as React from 'react';
import {
  ContextualMenuItemType,
  IconButton,
  Persona,
  PersonaSize,
  type IContextualMenuItem,
  type IButtonStyles,
} from '@fluentui/react';
import { applyTheme, type Theme } from './theme';
import { go, linkTo } from './navigation';
import type { App } from '../web-api/apps';
import { become, type CurrentUser } from './users';
import { shellWords } from '../language/words/shell';
import { GlobalSearch } from './global-search';
import { PersonalSettings } from './personal-settings';
import type { UserSettings } from '../web-api/user-settings';

export interface AppHeaderProps {
  readonly app: App | undefined;
  /** What the page in sight was searched for; empty where it was not. */
  readonly searched: string;
  readonly user: CurrentUser;
  readonly users: readonly CurrentUser[];
  readonly settings: UserSettings;
  readonly theme: Theme;
  onTheme(theme: Theme): void;
}

const onHeader: IButtonStyles = {
  root: { color: 'inherit', height: 40, width: 'auto', minWidth: 40 },
  rootHovered: { color: 'inherit', background: 'rgba(255,255,255,0.16)' },
  rootPressed: { color: 'inherit', background: 'rgba(255,255,255,0.24)' },
  rootExpanded: { color: 'inherit', background: 'rgba(255,255,255,0.24)' },
  menuIcon: { display: 'none' },
};

/** The bar on top: where the user is, who the user is, how the page looks. */
export function AppHeader({
  app,
  searched,
  user,
  users,
  settings,
  theme,
  onTheme,
}: AppHeaderProps): React.ReactElement {
  const [isPersonal, setPersonal] = React.useState(false);
  return (
    <header className="app-header">
      <a className="suite" {...linkTo({ kind: 'home' })}>
        Power Apps
      </a>
      {app !== undefined && (
        <a className="app-title" {...linkTo({ kind: 'app', app: app.id })}>
          {app.name}
        </a>
      )}
      <span className="grow" />
      {app !== undefined && <GlobalSearch app={app} text={searched} />}
      <span className="grow" />
      <span className="environment">
        <span className="quiet-on-header">{shellWords('environment')}</span> {shellWords('localEmulator')}
      </span>
      <IconButton
        iconProps={{ iconName: 'Settings' }}
        title={shellWords('settings')}
        ariaLabel={shellWords('settings')}
        styles={onHeader}
        menuProps={{ items: settingItems(theme, onTheme, () => setPersonal(true)) }}
      />
      <IconButton
        title={shellWords('accountManager', user.email)}
        styles={onHeader}
        menuProps={{ items: userItems(user, users) }}
      >
        <span aria-hidden>
          <Persona text={user.name} size={PersonaSize.size28} hidePersonaDetails />
        </span>
        <span className="user-name">{user.name}</span>
      </IconButton>
      {isPersonal && <PersonalSettings user={user} settings={settings} onClose={() => setPersonal(false)} />}
    </header>
  );
}

function settingItems(theme: Theme, onTheme: (theme: Theme) => void, onPersonal: () => void): IContextualMenuItem[] {
  const item = (key: Theme, text: string): IContextualMenuItem => ({
    key,
    text,
    canCheck: true,
    checked: theme === key,
    onClick: () => {
      applyTheme(key);
      onTheme(key);
    },
  });
  return [
    { key: 'personal', text: shellWords('personalSettings'), onClick: onPersonal },
    { key: 'header', text: shellWords('theme'), itemType: ContextualMenuItemType.Header },
    item('light', shellWords('light')),
    item('dark', shellWords('dark')),
    { key: 'centre', text: shellWords('integrationCentre'), itemType: ContextualMenuItemType.Header },
    { key: 'flows', text: shellWords('flows'), onClick: () => void go({ kind: 'flows' }) },
    { key: 'flow-runs', text: shellWords('flowRuns'), onClick: () => void go({ kind: 'flowRuns' }) },
    { key: 'outbox', text: shellWords('outbox'), onClick: () => void go({ kind: 'outbox' }) },
    { key: 'approvals', text: shellWords('approvals'), onClick: () => void go({ kind: 'approvals' }) },
    { key: 'link', text: shellWords('environmentLink'), onClick: () => void go({ kind: 'link' }) },
    { key: 'catalogue', text: shellWords('virtualTables'), onClick: () => void go({ kind: 'catalogue' }) },
    { key: 'table-maps', text: shellWords('tableMaps'), onClick: () => void go({ kind: 'tableMaps' }) },
    { key: 'events', text: shellWords('events'), onClick: () => void go({ kind: 'events' }) },
    {
      key: 'financeOperations',
      text: shellWords('financeOperations'),
      onClick: () => void go({ kind: 'financeOperations' }),
    },
  ];
}

function userItems(user: CurrentUser, users: readonly CurrentUser[]): IContextualMenuItem[] {
  return [
    { key: 'header', text: shellWords('useAs'), itemType: ContextualMenuItemType.Header },
    ...users.map(({ email, name }) => ({
      key: email,
      text: name,
      secondaryText: email,
      canCheck: true,
      checked: email === user.email,
      onClick: () => become(email),
    })),
  ];
}
