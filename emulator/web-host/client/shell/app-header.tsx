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

export interface AppHeaderProps {
  readonly app: App | undefined;
  readonly user: CurrentUser;
  readonly users: readonly CurrentUser[];
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
export function AppHeader({ app, user, users, theme, onTheme }: AppHeaderProps): React.ReactElement {
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
      <span className="environment">
        <span className="quiet-on-header">Environment</span> Local emulator
      </span>
      <IconButton
        iconProps={{ iconName: 'Settings' }}
        title="Settings"
        ariaLabel="Settings"
        styles={onHeader}
        menuProps={{ items: settingItems(theme, onTheme) }}
      />
      <IconButton
        title={`Account manager: ${user.email}`}
        styles={onHeader}
        menuProps={{ items: userItems(user, users) }}
      >
        <span aria-hidden>
          <Persona text={user.name} size={PersonaSize.size28} hidePersonaDetails />
        </span>
        <span className="user-name">{user.name}</span>
      </IconButton>
    </header>
  );
}

function settingItems(theme: Theme, onTheme: (theme: Theme) => void): IContextualMenuItem[] {
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
    { key: 'header', text: 'Theme', itemType: ContextualMenuItemType.Header },
    item('light', 'Light'),
    item('dark', 'Dark'),
    { key: 'centre', text: 'Integration centre', itemType: ContextualMenuItemType.Header },
    { key: 'flow-runs', text: 'Flow runs', onClick: () => void go({ kind: 'flowRuns' }) },
    { key: 'link', text: 'Environment link', onClick: () => void go({ kind: 'link' }) },
    { key: 'catalogue', text: 'Virtual tables', onClick: () => void go({ kind: 'catalogue' }) },
    { key: 'events', text: 'Events', onClick: () => void go({ kind: 'events' }) },
  ];
}

function userItems(user: CurrentUser, users: readonly CurrentUser[]): IContextualMenuItem[] {
  return [
    { key: 'header', text: 'Use the app as', itemType: ContextualMenuItemType.Header },
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
