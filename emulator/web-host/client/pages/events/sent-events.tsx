import * as React from 'react';
import { Link } from '@fluentui/react';
import { stateName } from '../../language/words/centre';
import { eventWords } from '../../language/words/events';
import { resendEvent, type SentEvent } from '../../web-api/events';
import { column, moment, Table, type Act } from '../centre-page';

interface SentEventsProps {
  readonly sent: readonly SentEvent[];
  readonly act: Act;
}

/** What was sent, what waits, and the error log; the newest first. */
export function SentEvents({ sent, act }: SentEventsProps): React.ReactElement {
  return (
    <Table
      title={eventWords('sentEvents')}
      items={sent}
      columns={[
        column<SentEvent>(eventWords('time'), 180, ({ createdOn }) => moment(createdOn)),
        column<SentEvent>(eventWords('event'), 280, ({ event }) => event),
        column<SentEvent>(eventWords('endpoint'), 180, ({ endpoint }) => endpoint),
        column<SentEvent>(eventWords('status'), 80, ({ status }) => stateName(status)),
        column<SentEvent>(eventWords('tries'), 60, ({ attempts }) => String(attempts)),
        column<SentEvent>(eventWords('error'), 240, ({ error }) => error ?? ''),
        column<SentEvent>(eventWords('change'), 260, (event) => (
          <div className="row-actions">
            <Link aria-label={eventWords('resendOf', event.event)} onClick={() => act(() => resendEvent(event.id))}>
              {eventWords('resend')}
            </Link>
            <Link
              href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(event.payload, undefined, 2))}`}
              download={`${event.event}-${event.id}.json`}
              aria-label={eventWords('downloadPayloadOf', event.event)}
            >
              {eventWords('downloadPayload')}
            </Link>
          </div>
        )),
      ]}
      empty={eventWords('noSentEvent')}
    />
  );
}
