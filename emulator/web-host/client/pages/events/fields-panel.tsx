import * as React from 'react';
import { Panel, PanelType } from '@fluentui/react';
import { eventWords } from '../../language/words/events';
import type { CatalogueEvent } from '../../web-api/events';

interface FieldsPanelProps {
  readonly event: CatalogueEvent;
  onClose(): void;
}

/** What the message of an event holds. */
export function FieldsPanel({ event, onClose }: FieldsPanelProps): React.ReactElement {
  return (
    <Panel
      isOpen
      isLightDismiss
      type={PanelType.smallFixedFar}
      headerText={event.name}
      closeButtonAriaLabel={eventWords('close')}
      onDismiss={onClose}
    >
      <p>{event.description || event.id}</p>
      <h2 className="panel-heading">{eventWords('fields')}</h2>
      <ul className="event-fields">
        {event.fields.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </Panel>
  );
}
