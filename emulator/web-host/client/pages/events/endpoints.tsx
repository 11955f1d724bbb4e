import * as React from 'react';
import { Dropdown, Link, PrimaryButton, TextField } from '@fluentui/react';
import { endpointTypes, endpointTypeWords, eventWords, targetWords } from '../../language/words/events';
import { currentUser } from '../../shell/users';
import { addEndpoint, isMadeByHand, removeEndpoint, type Endpoint } from '../../web-api/events';
import { column, Table, type Act } from '../centre-page';

interface EndpointsProps {
  readonly endpoints: readonly Endpoint[];
  readonly act: Act;
}

/** Where events are sent. */
export function Endpoints({ endpoints, act }: EndpointsProps): React.ReactElement {
  return (
    <>
      <Table
        title={eventWords('endpoints')}
        items={endpoints}
        columns={[
          column<Endpoint>(eventWords('endpointName'), 330, ({ name }) => name),
          column<Endpoint>(eventWords('endpointType'), 190, ({ type }) => typeName(type)),
          column<Endpoint>(eventWords('target'), 380, ({ target }) => target),
          column<Endpoint>(eventWords('change'), 220, (endpoint) => <Change endpoint={endpoint} act={act} />),
        ]}
        empty={eventWords('noEndpoint')}
      />
      <NewEndpoint act={act} />
    </>
  );
}

/** One that has no name here stays as it is. */
const typeName = (type: string) =>
  Object.hasOwn(endpointTypes, type) ? endpointTypeWords(type as keyof typeof endpointTypes) : type;

function Change({ endpoint, act }: { readonly endpoint: Endpoint; readonly act: Act }): React.ReactElement {
  const { name, type } = endpoint;
  if (!isMadeByHand(endpoint)) return <>{eventWords(type === 'CDS' ? 'subscribed' : 'ofFlow')}</>;
  return (
    <Link
      aria-label={eventWords('removeEndpointOf', name)}
      onClick={() => act(() => removeEndpoint(currentUser().email, name))}
    >
      {eventWords('remove')}
    </Link>
  );
}

/** The types that can be made by hand, and what the service calls the place each sends to. */
const members = {
  Http: 'url',
  AzureServiceBusQueue: 'queue',
  AzureServiceBusTopic: 'topic',
  AzureEventGrid: 'url',
  AzureEventHub: 'eventHub',
  AzureBlobStorage: 'container',
} as const;
type Made = keyof typeof members;
const types = Object.keys(members) as Made[];

function NewEndpoint({ act }: { readonly act: Act }): React.ReactElement {
  const [type, setType] = React.useState<Made>('Http');
  const [name, setName] = React.useState('');
  const [target, setTarget] = React.useState('');
  const isWhole = name.trim() !== '' && target.trim() !== '';
  async function make(): Promise<void> {
    await addEndpoint(currentUser().email, { name: name.trim(), type, [members[type]]: target.trim() });
    setName('');
    setTarget('');
  }
  return (
    <div className="card centre-card">
      <h2 className="panel-heading">{eventWords('newEndpoint')}</h2>
      <form
        className="command-form"
        aria-label={eventWords('newEndpoint')}
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) act(make);
        }}
      >
        <Dropdown
          label={eventWords('endpointType')}
          selectedKey={type}
          options={types.map((key) => ({ key, text: endpointTypeWords(key) }))}
          onChange={(_event, option) => setType(option?.key as Made)}
        />
        <TextField
          label={eventWords('endpointName')}
          required
          value={name}
          onChange={(_event, text = '') => setName(text)}
        />
        <TextField
          label={targetWords(type)}
          required
          value={target}
          onChange={(_event, text = '') => setTarget(text)}
        />
        <PrimaryButton type="submit" text={eventWords('create')} disabled={!isWhole} />
      </form>
    </div>
  );
}
