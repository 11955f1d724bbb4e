import * as React from 'react';
import { Link } from '@fluentui/react';
import { readEvents, resendEvent, type Events, type SentEvent } from '../web-api/integration-centre';
import { CentrePage, column, Table } from './centre-page';

type Active = Events['active'][number];

const activeColumns = [
  column<Active>('Event', 340, ({ event }) => event),
  column<Active>('Legal entity', 120, ({ legalEntity }) => legalEntity || 'All'),
  column<Active>('Endpoint', 240, ({ endpoint }) => endpoint),
  column<Active>('State', 90, ({ isActive }) => (isActive ? 'Active' : 'Inactive')),
];

/** Business events and data events: which are active, what was sent, and the error log. */
export function EventsPage(): React.ReactElement {
  return (
    <CentrePage
      title="Events"
      read={readEvents}
      isMoving={({ events }) => events.some(({ status }) => status === 'Waiting')}
    >
      {({ events, active }, act) => (
        <>
          <Table title="Events" level={1} items={active} columns={activeColumns} empty="No event is active" />
          <Table
            title="Sent events and errors"
            items={events}
            columns={sentColumns((id) => act(() => resendEvent(id)))}
            empty="No event was sent yet"
          />
        </>
      )}
    </CentrePage>
  );
}

const sentColumns = (resend: (id: string) => void) => [
  column<SentEvent>('Time', 190, ({ createdOn }) => new Date(createdOn).toLocaleString()),
  column<SentEvent>('Event', 300, ({ event }) => event),
  column<SentEvent>('Endpoint', 200, ({ endpoint }) => endpoint),
  column<SentEvent>('Status', 90, ({ status }) => status),
  column<SentEvent>('Tries', 60, ({ attempts }) => String(attempts)),
  column<SentEvent>('Error', 260, ({ error }) => error ?? ''),
  column<SentEvent>('Send again', 110, ({ id, event }) => (
    <Link aria-label={`Resend ${event}`} onClick={() => resend(id)}>
      Resend
    </Link>
  )),
];
