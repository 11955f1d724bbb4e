import * as React from 'react';
import { DefaultButton } from '@fluentui/react';
import { Grid } from '../list/grid';
import { useAsync } from '../shell/use-async';
import { Failed, Loading } from '../shell/page-state';
import { readView, readViews } from '../web-api/apps';
import type { FormSession } from './form-session';
import type { FormCell } from './form-xml';

interface SubgridProps {
  readonly session: FormSession;
  readonly cell: FormCell;
  readonly label: string;
}

/** Rows of another table that point at this one, through the view the form names. */
export function Subgrid({ session, cell, label }: SubgridProps): React.ReactElement {
  const { model, table } = session;
  const relationship = cell.parameters.get('RelationshipName') ?? '';
  const target = cell.parameters.get('TargetEntityType') ?? '';
  const viewId = cell.parameters.get('ViewId');
  const view = useAsync(
    async () => (viewId === undefined ? undefined : await readView(viewId)) ?? (await readViews(target, undefined))[0],
    `${target} ${viewId}`,
  );
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const child = table.childColumn(relationship);
  if (model.id === '') return <div className="empty">To see related records here, save the record first.</div>;
  if (view.state === 'loading') return <Loading label="Loading…" />;
  if (view.state === 'failed') return <Failed error={view.error} />;
  if (view.value === undefined || (relationship !== '' && child === undefined))
    return <Failed error={new Error(`The grid '${label}' names a view or relationship that does not exist.`)} />;
  return (
    <section aria-label={label}>
      <div className="list-head">
        <h2>{label}</h2>
        <DefaultButton iconProps={{ iconName: 'Refresh' }} className="flat" onClick={readAgain}>
          Refresh
        </DefaultButton>
      </div>
      <Grid
        key={reads + model.loads}
        table={target}
        view={view.value}
        label={label}
        pageSize={Number(cell.parameters.get('RecordsPerPage') ?? 10)}
        related={child === undefined ? undefined : { column: child.column, id: model.id }}
      />
    </section>
  );
}
