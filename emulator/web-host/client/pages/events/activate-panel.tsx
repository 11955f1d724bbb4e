import * as React from 'react';
import { DefaultButton, Dropdown, MessageBar, MessageBarType, Panel, PanelType, PrimaryButton } from '@fluentui/react';
import { eventWords } from '../../language/words/events';
import { isMadeByHand, type ActivationKey, type CatalogueEvent, type Events } from '../../web-api/events';

interface ActivatePanelProps {
  readonly event: CatalogueEvent;
  readonly events: Pick<Events, 'endpoints' | 'companies'>;
  onClose(): void;
  activate(key: ActivationKey): void;
}

/** Asks for whom an event is activated, and where it is sent. */
export function ActivatePanel({ event, events, onClose, activate }: ActivatePanelProps): React.ReactElement {
  const endpoints = events.endpoints.filter(isMadeByHand);
  const [legalEntity, setLegalEntity] = React.useState('');
  const [endpoint, setEndpoint] = React.useState(endpoints[0]?.name ?? '');
  const everywhere = { key: '', text: eventWords('allLegalEntities') };
  return (
    <Panel
      isOpen
      type={PanelType.smallFixedFar}
      headerText={eventWords('activateOf', event.name)}
      closeButtonAriaLabel={eventWords('close')}
      onDismiss={onClose}
      isFooterAtBottom
      onRenderFooterContent={() => (
        <div className="row-actions">
          <PrimaryButton
            text={eventWords('activate')}
            disabled={endpoint === ''}
            onClick={() => activate({ event: event.id, legalEntity, endpoint })}
          />
          <DefaultButton text={eventWords('cancel')} onClick={onClose} />
        </div>
      )}
    >
      <p>{event.description || event.id}</p>
      <Dropdown
        label={eventWords('legalEntity')}
        disabled={!event.isOfCompany}
        selectedKey={legalEntity}
        options={[everywhere, ...events.companies.map((code) => ({ key: code, text: code }))]}
        onChange={(_event, option) => setLegalEntity(String(option?.key ?? ''))}
      />
      {!event.isOfCompany && <p className="quiet">{eventWords('everywhere')}</p>}
      <Dropdown
        label={eventWords('endpoint')}
        required
        disabled={endpoints.length === 0}
        selectedKey={endpoint}
        options={endpoints.map(({ name }) => ({ key: name, text: name }))}
        onChange={(_event, option) => setEndpoint(String(option?.key ?? ''))}
      />
      {endpoints.length === 0 && (
        <MessageBar messageBarType={MessageBarType.info}>{eventWords('needsEndpoint')}</MessageBar>
      )}
    </Panel>
  );
}
