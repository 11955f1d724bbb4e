import * as React from 'react';
import { Link } from '@fluentui/react';
import { centreWords, stateName } from '../language/words/centre';
import { currentUser } from '../shell/users';
import {
  readEventCatalogue,
  readEvents,
  resendEvent,
  type CataloguedEvent,
  type Events,
  type SentEvent,
} from '../web-api/integration-centre';
import { CentrePage, column, moment, Table } from './centre-page';

type Active = Events['active'][number];

const activeColumns = () => [
  column<Active>(centreWords('event'), 340, ({ event }) => event),
  column<Active>(centreWords('legalEntity'), 120, ({ legalEntity }) => legalEntity || centreWords('all')),
  column<Active>(centreWords('endpoint'), 240, ({ endpoint }) => endpoint),
  column<Active>(centreWords('state'), 90, ({ isActive }) => centreWords(isActive ? 'active' : 'inactive')),
];

const catalogueColumns = () => [
  column<CataloguedEvent>(centreWords('event'), 340, ({ name }) => name),
  column<CataloguedEvent>(centreWords('category'), 200, ({ category }) => category),
  column<CataloguedEvent>(centreWords('eventId'), 340, ({ id }) => id),
];

const read = async () => ({ ...(await readEvents()), catalogue: await readEventCatalogue(currentUser().email) });

/** Business events and data events: which are active, what was sent, and the error log. */
export function EventsPage(): React.ReactElement {
  return (
    <CentrePage
      title={centreWords('events')}
      read={read}
      isMoving={({ events }) => events.some(({ status }) => status === 'Waiting')}
    >
      {({ events, active, catalogue }, act) => (
        <>
          <Table
            title={centreWords('events')}
            level={1}
            items={active}
            columns={activeColumns()}
            empty={centreWords('noActiveEvent')}
          />
          <Table
            title={centreWords('sentEvents')}
            items={events}
            columns={sentColumns((id) => act(() => resendEvent(id)))}
            empty={centreWords('noSentEvent')}
          />
          <Table
            title={centreWords('eventCatalogue')}
            items={catalogue.events}
            columns={catalogueColumns()}
            empty={catalogue.refusal ?? centreWords('noEventOfRoles')}
          />
        </>
      )}
    </CentrePage>
  );
}

const sentColumns = (resend: (id: string) => void) => [
  column<SentEvent>(centreWords('time'), 190, ({ createdOn }) => moment(createdOn)),
  column<SentEvent>(centreWords('event'), 300, ({ event }) => event),
  column<SentEvent>(centreWords('endpoint'), 200, ({ endpoint }) => endpoint),
  column<SentEvent>(centreWords('status'), 90, ({ status }) => stateName(status)),
  column<SentEvent>(centreWords('tries'), 60, ({ attempts }) => String(attempts)),
  column<SentEvent>(centreWords('error'), 260, ({ error }) => error ?? ''),
  column<SentEvent>(centreWords('sendAgain'), 110, ({ id, event }) => (
    <Link aria-label={centreWords('resendOf', event)} onClick={() => resend(id)}>
      {centreWords('resend')}
    </Link>
  )),
];
