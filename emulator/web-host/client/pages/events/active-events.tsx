import * as React from 'react';
import { Link } from '@fluentui/react';
import { eventWords } from '../../language/words/events';
import { ask } from '../../shell/dialogs';
import { currentUser } from '../../shell/users';
import { changeActivation, type Activation, type Events } from '../../web-api/events';
import { column, Table, type Act } from '../centre-page';

interface ActiveEventsProps {
  readonly events: Events;
  readonly act: Act;
  readonly isActive: boolean;
}

/** Events that are sent, or those that were once, by legal entity and endpoint. */
export function ActiveEvents({ events, act, isActive }: ActiveEventsProps): React.ReactElement {
  const subscribed = new Set(events.endpoints.filter(({ type }) => type === 'CDS').map(({ name }) => name));
  return (
    <Table
      title={eventWords(isActive ? 'activeEvents' : 'inactiveEvents')}
      items={events.activations.filter((one) => one.isActive === isActive)}
      columns={[
        column<Activation>(eventWords('event'), 320, ({ event }) => event),
        column<Activation>(eventWords('legalEntity'), 130, ({ legalEntity }) => legalEntity || eventWords('all')),
        column<Activation>(eventWords('endpoint'), 330, ({ endpoint }) => endpoint),
        column<Activation>(eventWords('change'), 260, (activation) =>
          subscribed.has(activation.endpoint) ? (
            eventWords('subscribed')
          ) : (
            <Changes activation={activation} act={act} />
          ),
        ),
      ]}
      empty={eventWords(isActive ? 'noActiveEvent' : 'noInactiveEvent')}
    />
  );
}

function Changes({ activation, act }: { readonly activation: Activation; readonly act: Act }): React.ReactElement {
  const { isActive, ...key } = activation;
  const { event, legalEntity, endpoint } = key;
  const whom = `${legalEntity || eventWords('all')}, ${endpoint}`;
  const verb = isActive ? 'deactivate' : 'activate';
  return (
    <div className="row-actions">
      <Link
        aria-label={eventWords(isActive ? 'deactivateOf' : 'activateAgainOf', event, whom)}
        onClick={() => act(() => changeActivation(currentUser().email, verb, key))}
      >
        {eventWords(verb)}
      </Link>
      <Link
        aria-label={eventWords('removeOf', event, whom)}
        onClick={() =>
          act(async () => {
            const answers = [eventWords('remove'), eventWords('cancel')];
            if ((await ask(eventWords('removeAsk'), eventWords('removeText'), answers)) === 0)
              await changeActivation(currentUser().email, 'delete', key);
          })
        }
      >
        {eventWords('remove')}
      </Link>
    </div>
  );
}
