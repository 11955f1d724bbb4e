import * as React from 'react';
import { Link } from '@fluentui/react';
import { shellWords } from '../language/words/shell';
import { linkTo } from '../shell/navigation';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import { useTitle } from '../shell/use-title';
import type { App } from '../web-api/apps';
import { searchApp, type FoundGroup, type Piece } from '../web-api/global-search';

/** What a search through the tables of the app found, grouped by table. */
export function SearchPage({ app, text }: { readonly app: App; readonly text: string }): React.ReactElement {
  const tables = app.groups.flatMap((group) => group.items.map(({ table }) => table));
  const found = useAsync(() => searchApp(text, tables), `${app.id} ${text}`);
  useTitle(shellWords('searchResults'));
  if (found.state === 'failed') return <Failed error={found.error} />;
  return (
    <div className="card search-results">
      <h1 className="page-name">{shellWords('searchResultsFor', text)}</h1>
      {found.state === 'loading' ? <Loading /> : <Groups app={app} groups={found.value} />}
    </div>
  );
}

function Groups({ app, groups }: { readonly app: App; readonly groups: readonly FoundGroup[] }): React.ReactElement {
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <p className="quiet" role="status">
        {total === 0 ? shellWords('nothingFound') : shellWords('found', total)}
      </p>
      {groups.map((group) => (
        <Group key={group.table.name} app={app} group={group} />
      ))}
    </>
  );
}

function Group({ app, group }: { readonly app: App; readonly group: FoundGroup }): React.ReactElement {
  const { table, rows } = group;
  const heading = `found-in-${table.name}`;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>
        {table.collectionLabel} ({rows.length})
      </h2>
      <ul>
        {rows.map(({ id, name, places }) => (
          <li key={id}>
            <Link {...linkTo({ kind: 'record', app: app.id, table: table.name, id })}>
              {name.length === 0 ? shellWords('unnamed') : <Pieces pieces={name} />}
            </Link>
            {places.map(({ label, pieces }) => (
              <div key={label} className="quiet">
                {label}: <Pieces pieces={pieces} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const Pieces = ({ pieces }: { readonly pieces: readonly Piece[] }): React.ReactElement => (
  <>{pieces.map(({ text, isMarked }, at) => (isMarked ? <mark key={at}>{text}</mark> : text))}</>
);
