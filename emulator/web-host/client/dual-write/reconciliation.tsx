import * as React from 'react';
import { DefaultButton, Dropdown, Link, PrimaryButton, Spinner } from '@fluentui/react';
import { column, Table, type Act } from '../pages/centre-page';
import { tell } from '../shell/dialogs';
import { readReport, resendRows, type Finding, type MapDetails, type Report } from '../web-api/dual-write';

interface ReconciliationProps {
  readonly map: MapDetails;
  readonly act: Act;
}

const kinds: readonly { readonly key: string; readonly text: string }[] = [
  { key: '', text: 'All' },
  { key: 'different', text: 'Different' },
  { key: 'missingInDataverse', text: 'Missing in Dataverse' },
  { key: 'missingInFinanceOperations', text: 'Missing in finance and operations' },
];
const kindName = (kind: string) => kinds.find(({ key }) => key === kind)?.text ?? kind;

const reasons: Readonly<Record<Finding['why'], string>> = {
  filter: 'The filter of the map does not take it',
  company: 'Its company is missing or not enabled',
  key: 'Its key does not name one row',
  error: 'Error',
  queued: 'Waits in the queue',
  notSent: 'Not sent',
};

const shown = (value: unknown) => (value === null || value === undefined || value === '' ? 'empty' : String(value));

/** Compares both sides row by row when it is asked to, and sends rows again. */
export function Reconciliation({ map, act }: ReconciliationProps): React.ReactElement {
  const [report, setReport] = React.useState<Report>();
  const [kind, setKind] = React.useState('');
  const [isBusy, setBusy] = React.useState(false);
  const busy = async (work: () => Promise<void>) => {
    setBusy(true);
    await work()
      .catch((error: Error) => tell('This could not be done', error.message))
      .finally(() => setBusy(false));
  };
  const compare = (wanted: string) => busy(async () => setReport(await readReport(map.name, wanted, 0)));
  const more = () =>
    busy(async () => {
      const next = await readReport(map.name, kind, report!.rows.length);
      setReport({ ...next, rows: [...report!.rows, ...next.rows] });
    });
  const resend = (given: object) =>
    act(async () => {
      const { sent, skipped, failed, errors } = await resendRows({ map: map.name, ...given });
      const [first] = errors;
      await compare(kind);
      const failure = first === undefined ? '' : ` ${first.key}: ${first.message}`;
      await tell('Sent again', `${sent} sent, ${skipped} not taken by the map, ${failed} failed.${failure}`);
    });
  const all = (given: object) => resend({ all: true, ...(kind === '' ? {} : { kind }), ...given });
  if (map.status === 'Not running') return <p className="map-about">Run the table map to compare both sides.</p>;
  return (
    <>
      <div className="card centre-card">
        <div className="centre-buttons">
          <PrimaryButton text="Compare" disabled={isBusy} onClick={() => void compare(kind)} />
          <Dropdown
            ariaLabel="Show"
            className="report-kind"
            selectedKey={kind}
            options={[...kinds]}
            onChange={(_event, option) => {
              setKind(String(option?.key));
              if (report !== undefined) void compare(String(option?.key));
            }}
          />
          {report !== undefined && report.rows.length > 0 && (
            <>
              <DefaultButton
                text="Resend all from Dataverse"
                disabled={isBusy}
                onClick={() => all({ from: 'dataverse' })}
              />
              <DefaultButton
                text="Resend all from finance and operations"
                disabled={isBusy}
                onClick={() => all({ from: 'finance-operations' })}
              />
            </>
          )}
          {isBusy && <Spinner label="Comparing…" labelPosition="right" />}
        </div>
        {report !== undefined && <Summary report={report} />}
      </div>
      {report !== undefined && (
        <Table title="Differences" items={report.rows} columns={columnsFor(resend)} empty="Both sides hold the same" />
      )}
      {report?.nextLink !== undefined && (
        <div className="card centre-card">
          <DefaultButton text="Load more" disabled={isBusy} onClick={() => void more()} />
        </div>
      )}
    </>
  );
}

function Summary({ report }: { readonly report: Report }): React.ReactElement {
  const counts = Object.entries(report.counts)
    .filter(([, { rows }]) => rows > 0)
    .map(([kind, { rows }]) => `${kindName(kind)}: ${rows}`);
  return (
    <p role="status">
      Compared {new Date(report.comparedOn).toLocaleString()}. {[`Same: ${report.same}`, ...counts].join('. ')}.
    </p>
  );
}

const columnsFor = (resend: (given: object) => void) => [
  column<Finding>('Record', 190, ({ key }) => key),
  column<Finding>('Difference', 220, ({ kind }) => kindName(kind)),
  column<Finding>('Why', 330, ({ why, message }) => (
    <span className="wrapped">{message === null ? reasons[why] : `${reasons[why]}: ${message}`}</span>
  )),
  column<Finding>('Columns', 420, ({ columns }) => (
    <span className="wrapped">
      {columns
        .map(
          (one) => `${one.column}: ${shown(one.dataverse)} (Dataverse), ${shown(one.financeOperations)} (${one.field})`,
        )
        .join('; ')}
    </span>
  )),
  column<Finding>('Resend', 230, (row) => <ResendLinks row={row} resend={resend} />),
];

function ResendLinks({ row, resend }: { row: Finding; resend: (given: object) => void }): React.ReactElement | null {
  if (row.why === 'filter' || row.why === 'company') return null;
  const from = (side: string, text: string) => (
    <Link aria-label={`${text} ${row.key}`} onClick={() => resend({ rows: [row.id], from: side })}>
      {text}
    </Link>
  );
  return (
    <>
      {row.kind !== 'missingInDataverse' && from('dataverse', 'From Dataverse')}{' '}
      {row.kind !== 'missingInFinanceOperations' && from('finance-operations', 'From F&O')}
    </>
  );
}
