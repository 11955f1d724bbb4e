import * as React from 'react';
import { ConstrainMode, DetailsList, DetailsListLayoutMode, SelectionMode, type IColumn } from '@fluentui/react';
import { Commands } from '../shell/commands';
import { formatMoment } from '../language/formats';
import { centreWords } from '../language/words/centre';
import { shellWords } from '../language/words/shell';
import { tell } from '../shell/dialogs';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import { useTitle } from '../shell/use-title';

/** Runs something, tells why it was refused, and reads the page again. */
export type Act = (work: () => Promise<unknown>) => void;

interface CentrePageProps<T> {
  readonly title: string;
  read(): Promise<T>;
  /** Whether somebody is waiting for something that has not ended yet. */
  isMoving?(value: T): boolean;
  children(value: T, act: Act): React.ReactNode;
}

const againMs = 2000;

/** A page of the integration centre: its name, *Refresh*, and what it shows, read again while something moves. */
export function CentrePage<T>({ title, read, isMoving, children }: CentrePageProps<T>): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const value = useAsync(read, String(reads));
  const last = React.useRef<{ readonly value: T }>();
  if (value.state === 'done') last.current = { value: value.value };
  useTitle(title);
  const moves = last.current !== undefined && (isMoving?.(last.current.value) ?? false);
  React.useEffect(() => {
    if (!moves) return undefined;
    const timer = setTimeout(readAgain, againMs);
    return () => clearTimeout(timer);
  }, [moves, reads]);
  if (value.state === 'failed') return <Failed error={value.error} />;
  if (last.current === undefined) return <Loading label={centreWords('loading')} />;
  const act: Act = (work) =>
    void work()
      .catch((error: Error) => tell(centreWords('notDone'), error.message))
      .then(readAgain);
  return (
    <>
      <div className="card command-bar">
        <Commands
          ariaLabel={centreWords('commandsOf', title)}
          items={[
            { key: 'refresh', text: shellWords('refresh'), iconProps: { iconName: 'Refresh' }, onClick: readAgain },
          ]}
        />
      </div>
      {children(last.current.value, act)}
    </>
  );
}

interface TableProps<T> {
  readonly title: string;
  readonly level?: 1 | 2;
  readonly items: readonly T[];
  readonly columns: IColumn[];
  readonly empty: string;
}

export function Table<T>({ title, level = 2, items, columns, empty }: TableProps<T>): React.ReactElement {
  const heading = level === 1 ? <h1 className="page-name">{title}</h1> : <h2>{title}</h2>;
  return (
    <div className="card">
      <div className="list-head">{heading}</div>
      {items.length === 0 ? (
        <div className="empty" role="status">
          {empty}
        </div>
      ) : (
        <div className="grid-wrap">
          <DetailsList
            items={[...items]}
            columns={columns}
            compact
            ariaLabelForGrid={title}
            layoutMode={DetailsListLayoutMode.fixedColumns}
            constrainMode={ConstrainMode.unconstrained}
            selectionMode={SelectionMode.none}
          />
        </div>
      )}
    </div>
  );
}

/** A moment as the service tells it, in the user's format and zone. */
export const moment = (text: string): string => formatMoment(new Date(text), { second: '2-digit' });

export const column = <T,>(name: string, width: number, onRender: (item: T) => React.ReactNode): IColumn => ({
  key: name,
  name,
  minWidth: width,
  maxWidth: width,
  isResizable: true,
  onRender,
});
