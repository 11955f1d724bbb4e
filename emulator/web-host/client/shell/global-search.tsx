import * as React from 'react';
import { SearchBox } from '@fluentui/react';
import { shellWords } from '../language/words/shell';
import type { App } from '../web-api/apps';
import { go } from './navigation';

const longest = 100;

/** The box on top of every page of an app, through whose tables it searches. */
export function GlobalSearch({ app, text }: { readonly app: App; readonly text: string }): React.ReactElement {
  const search = (typed: string) => {
    if (typed.trim() !== '') void go({ kind: 'search', app: app.id, text: typed.trim() });
  };
  return (
    <div role="search" className="global-search">
      <SearchBox
        key={text}
        defaultValue={text}
        placeholder={shellWords('search')}
        ariaLabel={shellWords('searchApp', app.name)}
        maxLength={longest}
        onSearch={search}
      />
    </div>
  );
}
