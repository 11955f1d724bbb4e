import * as React from 'react';
import { Link, SearchBox } from '@fluentui/react';
import { eventWords } from '../../language/words/events';
import { currentUser } from '../../shell/users';
import { changeActivation, schemaUrl, type CatalogueEvent, type Events } from '../../web-api/events';
import { column, Table, type Act } from '../centre-page';
import { ActivatePanel } from './activate-panel';
import { FieldsPanel } from './fields-panel';

interface EventCatalogueProps {
  readonly kind: 'business' | 'data';
  readonly events: Events;
  readonly act: Act;
}

/** What is open beside the list. */
type Open = { readonly panel: 'activate' | 'fields'; readonly event: CatalogueEvent };

/** A catalogue of events, and what can be done with each. */
export function EventCatalogue({ kind, events, act }: EventCatalogueProps): React.ReactElement {
  const [text, setText] = React.useState('');
  const [open, setOpen] = React.useState<Open>();
  const close = () => setOpen(undefined);
  const isBusiness = kind === 'business';
  const wanted = text.trim().toLowerCase();
  const matches = ({ id, name, group }: CatalogueEvent) =>
    [id, name, group].some((one) => one.toLowerCase().includes(wanted));
  return (
    <>
      <SearchBox
        className="catalogue-filter"
        ariaLabel={eventWords('filterBy')}
        placeholder={eventWords('filterBy')}
        value={text}
        onChange={(_event, typed = '') => setText(typed)}
      />
      <Table
        title={eventWords(isBusiness ? 'businessCatalogue' : 'dataCatalogue')}
        items={(isBusiness ? events.businessEvents : events.dataEvents).filter(matches)}
        columns={[
          column<CatalogueEvent>(eventWords(isBusiness ? 'category' : 'dataEntity'), 230, ({ group }) => group),
          column<CatalogueEvent>(eventWords('event'), 320, ({ id }) => id),
          column<CatalogueEvent>(eventWords('name'), 270, ({ name }) => name),
          column<CatalogueEvent>(eventWords('change'), 280, (event) => (
            <div className="row-actions">
              <Link
                aria-label={eventWords('activateOf', event.id)}
                onClick={() => setOpen({ panel: 'activate', event })}
              >
                {eventWords('activate')}
              </Link>
              <Link aria-label={eventWords('showFields', event.id)} onClick={() => setOpen({ panel: 'fields', event })}>
                {eventWords('fields')}
              </Link>
              {isBusiness && (
                <Link
                  href={schemaUrl(event.id)}
                  download={`${event.id}.json`}
                  aria-label={eventWords('downloadSchemaOf', event.id)}
                >
                  {eventWords('downloadSchema')}
                </Link>
              )}
            </div>
          )),
        ]}
        empty={events.refusal ?? eventWords(wanted === '' ? 'noEventOfRoles' : 'noEvent')}
      />
      {open?.panel === 'activate' && (
        <ActivatePanel
          event={open.event}
          events={events}
          onClose={close}
          activate={(key) => {
            close();
            act(() => changeActivation(currentUser().email, 'activate', key));
          }}
        />
      )}
      {open?.panel === 'fields' && <FieldsPanel event={open.event} onClose={close} />}
    </>
  );
}
