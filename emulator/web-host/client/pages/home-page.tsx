import * as React from 'react';
import type { App } from '../web-api/apps';
import { linkTo } from '../shell/navigation';
import { shellWords } from '../language/words/shell';

/** Apps of the environment. */
export function HomePage({ apps }: { readonly apps: readonly App[] }): React.ReactElement {
  return (
    <div className="home">
      <h1>{shellWords('apps')}</h1>
      {apps.length === 0 && <p>{shellWords('noApps')}</p>}
      <ul className="app-list">
        {apps.map((app) => (
          <li key={app.id}>
            <a className="card app-tile" {...linkTo({ kind: 'app', app: app.id })}>
              {app.name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
