import * as React from 'react';
import { Link, Pivot, PivotItem } from '@fluentui/react';
import { column, Table, type Act } from '../pages/centre-page';
import { linkTo } from '../shell/navigation';
import {
  actOnMap,
  type FieldMapping,
  type MapDetails,
  type MapLeg,
  type QueuedRecord,
  type RunError,
} from '../web-api/dual-write';
import { AlertSettings } from './alert-settings';
import { MapCommands } from './map-commands';
import { MapStatusText, sideName } from './map-status';
import { Reconciliation } from './reconciliation';
import { SyncProgress } from './sync-progress';

interface MapDetailsProps {
  readonly map: MapDetails;
  readonly act: Act;
}

/** A map: what it maps, what it has been through, what waits, and whether both sides agree. */
export function MapDetailsView({ map, act }: MapDetailsProps): React.ReactElement {
  return (
    <>
      <div className="card">
        <div className="list-head">
          <h1 className="page-name">{map.name}</h1>
          <MapStatusText status={map.status} />
        </div>
        <p className="map-about">
          {map.financeOperations} (finance and operations) and {map.dataverse} (Dataverse), version {map.version} by{' '}
          {map.publisher}. <Link {...linkTo({ kind: 'tableMaps' })}>All table maps</Link>
        </p>
        <MapCommands map={map} act={act} />
      </div>
      <Pivot className="map-tabs" aria-label={`Details of ${map.name}`} overflowBehavior="menu">
        <PivotItem headerText="Table mappings">
          <Mappings map={map} />
        </PivotItem>
        <PivotItem headerText="Initial sync details">
          <InitialSyncs map={map} />
        </PivotItem>
        <PivotItem headerText="Activity log">
          <Activities map={map} />
        </PivotItem>
        <PivotItem headerText="Queued records">
          <p className="map-about">Total queued record count: {map.queuedRecords}</p>
          <Table title="Queued records" items={map.queued} columns={queuedColumns} empty="No record is queued" />
        </PivotItem>
        <PivotItem headerText="Catch-up errors">
          <CatchUpErrors map={map} act={act} />
        </PivotItem>
        <PivotItem headerText="Alert settings">
          <AlertSettings map={map} act={act} />
        </PivotItem>
        <PivotItem headerText="Reconciliation">
          <Reconciliation map={map} act={act} />
        </PivotItem>
      </Pivot>
    </>
  );
}

const time = (text: string) => new Date(text).toLocaleString();

/** The symbols of the documentation: one or both ways, with a transform or without. */
export function symbolOf({ syncDirection, valueTransforms }: FieldMapping): string {
  const isTransformed = valueTransforms.length > 0;
  if (syncDirection === 3) return isTransformed ? '><' : '=';
  const one = syncDirection === 1 ? '>' : '<';
  return isTransformed ? one + one : one;
}

const words: Readonly<Record<string, string>> = {
  '=': 'both ways',
  '><': 'both ways, transformed',
  '>': 'to Dataverse',
  '>>': 'to Dataverse, transformed',
  '<': 'to finance and operations',
  '<<': 'to finance and operations, transformed',
};

const transformOf = ({ valueTransforms }: FieldMapping) =>
  valueTransforms
    .map(({ defaultValue, valueMap }) =>
      valueMap === undefined
        ? `Default: ${defaultValue}`
        : Object.entries(valueMap)
            .map(([from, to]) => `${from} = ${to}`)
            .join(', '),
    )
    .join('; ');

const mappingColumns = [
  column<FieldMapping>('Finance and operations', 260, ({ sourceField }) => sourceField || 'none'),
  column<FieldMapping>('Map type', 90, (field) => (
    <span title={words[symbolOf(field)]} aria-label={words[symbolOf(field)]} role="img">
      {symbolOf(field)}
    </span>
  )),
  column<FieldMapping>('Dataverse', 320, ({ destinationField }) => destinationField || 'none'),
  column<FieldMapping>('Transforms', 360, transformOf),
];

function Mappings({ map }: { readonly map: MapDetails }): React.ReactElement {
  const { legs } = map.mapping;
  return (
    <>
      <dl className="map-filters">
        <dt>Related table maps</dt>
        <dd>{map.related.map(({ name, status }) => `${name} (${status})`).join(', ') || 'none'}</dd>
      </dl>
      {legs.map((leg, index) => (
        <LegMappings
          key={index}
          leg={leg}
          title={legs.length === 1 ? 'Table mappings' : `${leg.sourceSchema} and ${leg.destinationSchema}`}
        />
      ))}
    </>
  );
}

function LegMappings({ leg, title }: { readonly leg: MapLeg; readonly title: string }): React.ReactElement {
  return (
    <>
      <dl className="map-filters">
        <dt>Filter on finance and operations</dt>
        <dd>{leg.sourceFilter || 'none'}</dd>
        <dt>Filter on Dataverse</dt>
        <dd>{leg.reversedSourceFilter || 'none'}</dd>
      </dl>
      <Table title={title} items={leg.fieldMappings} columns={mappingColumns} empty="Nothing is mapped" />
    </>
  );
}

type Sync = MapDetails['runs'][number];

const syncColumns = [
  column<Sync>('Started', 190, ({ startedOn }) => time(startedOn)),
  column<Sync>('Ended', 190, ({ endedOn }) => (endedOn === null ? '' : time(endedOn))),
  column<Sync>('Version', 90, ({ version }) => version),
  column<Sync>('Master', 190, ({ plan }) => sideName(plan.master)),
  column<Sync>('Progress', 300, (sync) => <SyncProgress sync={sync} />),
];

interface CompanyCounts {
  readonly side: string;
  readonly legalEntity: string;
  readonly counts: string;
}

const countColumns = [
  column<CompanyCounts>('From', 200, ({ side }) => side),
  column<CompanyCounts>('Legal entity', 120, ({ legalEntity }) => legalEntity || 'none'),
  column<CompanyCounts>('Records', 420, ({ counts }) => counts),
];

const errorColumns = [
  column<RunError>('From', 190, ({ from }) => sideName(from)),
  column<RunError>('Legal entity', 100, ({ legalEntity }) => legalEntity || 'none'),
  column<RunError>('Record', 200, ({ key }) => key),
  column<RunError>('Error', 700, ({ message }) => <span className="wrapped">{message}</span>),
];

function InitialSyncs({ map }: { readonly map: MapDetails }): React.ReactElement {
  const [last] = map.runs;
  const counts = Object.entries(last?.counts ?? {}).flatMap(([side, byCompany]) =>
    Object.entries(byCompany ?? {}).map(([legalEntity, one]) => ({
      side: sideName(side),
      legalEntity,
      counts: `${one.created} created, ${one.updated} updated, ${one.skipped} skipped, ${one.failed} failed`,
    })),
  );
  return (
    <>
      <Table title="Initial sync details" items={map.runs} columns={syncColumns} empty="There was no initial sync" />
      <Table
        title="Last initial sync by legal entity"
        items={counts}
        columns={countColumns}
        empty="Nothing was copied"
      />
      <Table
        title="Errors of the last initial sync"
        items={last?.errors ?? []}
        columns={errorColumns}
        empty="No errors"
      />
    </>
  );
}

type Activity = MapDetails['activities'][number];
type SyncError = MapDetails['errors'][number];

const activityColumns = [
  column<Activity>('Time', 190, (one) => time(one.time)),
  column<Activity>('Version', 90, ({ version }) => version),
  column<Activity>('Activity', 600, ({ what }) => what),
];

const syncErrorColumns = [
  column<SyncError>('Time', 190, (one) => time(one.time)),
  column<SyncError>('Type', 130, ({ type }) => type),
  column<SyncError>('Changed in', 180, ({ from }) => sideName(from)),
  column<SyncError>('Record', 180, ({ key }) => key),
  column<SyncError>('Error', 700, ({ message }) => <span className="wrapped">{message}</span>),
];

const Activities = ({ map }: { readonly map: MapDetails }): React.ReactElement => (
  <>
    <Table title="Activity log" items={map.activities} columns={activityColumns} empty="Nothing has happened yet" />
    <Table title="Errors of live synchronization" items={map.errors} columns={syncErrorColumns} empty="No errors" />
  </>
);

const queuedColumns = [
  column<QueuedRecord>('Queued', 190, ({ queuedOn }) => time(queuedOn)),
  column<QueuedRecord>('Changed in', 180, ({ from }) => sideName(from)),
  column<QueuedRecord>('Record', 240, ({ key }) => key),
  column<QueuedRecord>('Change', 100, ({ kind }) => (kind === 'delete' ? 'Deleted' : 'Written')),
];

function CatchUpErrors({ map, act }: MapDetailsProps): React.ReactElement {
  const { failed } = map;
  const on = (verb: string, { sequence }: QueuedRecord) =>
    act(() => actOnMap(map.name, verb, { sequences: [sequence] }));
  const columns = [
    ...queuedColumns,
    column<QueuedRecord>('Error', 520, ({ error }) => <span className="wrapped">{error}</span>),
    column<QueuedRecord>('Actions', 160, (record) => (
      <>
        <Link aria-label={`Retry ${record.key}`} onClick={() => on('retry', record)}>
          Retry
        </Link>{' '}
        <Link aria-label={`Delete ${record.key} from the queue`} onClick={() => on('discard', record)}>
          Delete
        </Link>
      </>
    )),
  ];
  return (
    <>
      <p className="map-about">
        They can be retried for one day, then they are purged.{' '}
        {failed.length > 0 && <Link onClick={() => act(() => actOnMap(map.name, 'retry'))}>Retry all</Link>}
      </p>
      <Table title="Catch-up errors" items={failed} columns={columns} empty="No catch-up errors" />
    </>
  );
}
