import './client.css';
import './pages/flows/flow-pages.css';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { ThemeProvider } from '@fluentui/react';
import { installIcons } from './shell/icons';
import { Failed } from './shell/page-state';
import { Shell } from './shell/shell';
import { applyTheme, currentTheme, fluentTheme } from './shell/theme';
import { chosenEmail, readUsers, setCurrentUser } from './shell/users';
import { readPrivileges } from './web-api/privileges';
import { actAs } from './web-api/web-api';
import { readSessionFacts } from './web-api/session-facts';
import { installXrm } from './xrm/global';
import { setSessionFacts } from './xrm/global-context';
import { shellWords } from './language/words/shell';
import { takeFormats } from './language/formats';
import { speak } from './language/speak';
import { defaultSettings, readUserSettings } from './web-api/user-settings';

async function start(): Promise<React.ReactElement> {
  // The list of users is read before one is chosen. Where every request must name one, the one kept is all there is.
  const kept = chosenEmail();
  const users = await readUsers().catch((error: Error) => {
    if (kept === undefined) throw error;
    actAs(kept);
    return readUsers();
  });
  const user =
    users.find(({ email }) => email === kept) ?? users.find(({ email }) => email.startsWith('service@')) ?? users[0];
  if (user === undefined) throw new Error(shellWords('noUser'));
  actAs(user.email);
  setCurrentUser(user);
  // A user without any role may not even ask.
  const settings = await readUserSettings(user.id).catch(() => defaultSettings);
  speak(settings.uilanguageid);
  takeFormats(settings.localeid, settings.timezonecode);
  await readPrivileges(user.id).catch(() => undefined);
  setSessionFacts(await readSessionFacts(user.id));
  installXrm();
  return <Shell user={user} users={users} settings={settings} />;
}

installIcons();
applyTheme(currentTheme());
const root = document.getElementById('root')!;
start().then(
  (page) => ReactDOM.render(page, root),
  (error: Error) =>
    ReactDOM.render(
      <ThemeProvider theme={fluentTheme(currentTheme())}>
        <Failed error={error} />
      </ThemeProvider>,
      root,
    ),
);
