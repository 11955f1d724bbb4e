import * as React from 'react';
import { Icon } from '@fluentui/react';
import type { App } from '../web-api/apps';
import { linkTo } from './navigation';
import { shellWords } from '../language/words/shell';

interface SiteMapProps {
  readonly app: App;
  readonly table: string | undefined;
}

export function SiteMap({ app, table }: SiteMapProps): React.ReactElement {
  return (
    <nav className="nav" aria-label={shellWords('navigate')}>
      {app.groups.map((group) => (
        <div key={group.title} role="group" aria-label={group.title}>
          <h2>{group.title}</h2>
          {group.items.map((item) => (
            <a
              key={item.id}
              aria-current={item.table === table ? 'page' : undefined}
              {...linkTo({ kind: 'list', app: app.id, table: item.table })}
            >
              <Icon iconName="Table" />
              <span>{item.title}</span>
            </a>
          ))}
        </div>
      ))}
    </nav>
  );
}
