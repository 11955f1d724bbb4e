import * as React from 'react';
import { Pivot, PivotItem } from '@fluentui/react';
import { eventWords } from '../../language/words/events';
import { currentUser } from '../../shell/users';
import { readEvents } from '../../web-api/events';
import { CentrePage } from '../centre-page';
import { ActiveEvents } from './active-events';
import { Endpoints } from './endpoints';
import { EventCatalogue } from './event-catalogue';
import { SentEvents } from './sent-events';

/** *System administration > Set up > Business events*: the catalogues, what is active for whom, and what was sent. */
export function EventsPage(): React.ReactElement {
  return (
    <CentrePage
      title={eventWords('events')}
      read={() => readEvents(currentUser().email)}
      isMoving={({ sent }) => sent.some(({ status }) => status === 'Waiting')}
    >
      {(events, act) => (
        <>
          <div className="card">
            <div className="list-head">
              <h1 className="page-name">{eventWords('events')}</h1>
            </div>
          </div>
          <Pivot className="map-tabs" aria-label={eventWords('events')} overflowBehavior="menu">
            <PivotItem headerText={eventWords('activeEvents')}>
              <ActiveEvents events={events} act={act} isActive />
            </PivotItem>
            <PivotItem headerText={eventWords('inactiveEvents')}>
              <ActiveEvents events={events} act={act} isActive={false} />
            </PivotItem>
            <PivotItem headerText={eventWords('businessCatalogue')}>
              <EventCatalogue kind="business" events={events} act={act} />
            </PivotItem>
            <PivotItem headerText={eventWords('dataCatalogue')}>
              <EventCatalogue kind="data" events={events} act={act} />
            </PivotItem>
            <PivotItem headerText={eventWords('endpoints')}>
              <Endpoints endpoints={events.endpoints} act={act} />
            </PivotItem>
            <PivotItem headerText={eventWords('sentEvents')}>
              <SentEvents sent={events.sent} act={act} />
            </PivotItem>
          </Pivot>
        </>
      )}
    </CentrePage>
  );
}
