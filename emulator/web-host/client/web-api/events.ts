import { callConsole } from './integration-centre';
import { list } from './web-api';

/** One sending of an event. */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly legalEntity: string;
  readonly endpoint: string;
  readonly status: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly createdOn: string;
  readonly payload: unknown;
}

/** An event for a legal entity, or all (empty), and an endpoint. */
export interface ActivationKey {
  readonly event: string;
  readonly legalEntity: string;
  readonly endpoint: string;
}

export interface Activation extends ActivationKey {
  readonly isActive: boolean;
}

export interface Endpoint {
  readonly name: string;
  readonly type: string;
  readonly target: string;
}

/** An event of a catalogue. */
export interface CatalogueEvent {
  readonly id: string;
  readonly name: string;
  /** Of a business event its category, of a data event its data entity. */
  readonly group: string;
  /** What its message holds. */
  readonly fields: readonly string[];
  /** Whether it happens in a legal entity. */
  readonly isOfCompany: boolean;
  readonly description: string;
}

export interface Events {
  /** Newest first. */
  readonly sent: readonly SentEvent[];
  readonly activations: readonly Activation[];
  readonly endpoints: readonly Endpoint[];
  readonly businessEvents: readonly CatalogueEvent[];
  readonly dataEvents: readonly CatalogueEvent[];
  /** Why the catalogues are not shown to this user. */
  readonly refusal: string | undefined;
  readonly companies: readonly string[];
}

interface Told {
  readonly events: readonly SentEvent[];
  readonly active: readonly Activation[];
  readonly endpoints: readonly Endpoint[];
}

interface Catalogues {
  readonly businessEvents: readonly {
    readonly id: string;
    readonly name: string;
    readonly category: string;
    readonly description: string;
    readonly contract: Readonly<Record<string, string>>;
  }[];
  readonly dataEvents: readonly {
    readonly id: string;
    readonly name: string;
    readonly entity: string;
    readonly isCompanySpecific: boolean;
    readonly fields: readonly string[];
  }[];
}

/** The catalogues as this user sees them. */
async function readCatalogues(user: string): Promise<Catalogues & Pick<Events, 'refusal'>> {
  try {
    const path = `events/catalogue?user=${encodeURIComponent(user)}`;
    return { ...(await callConsole<Catalogues>('GET', path)), refusal: undefined };
  } catch (error) {
    return { businessEvents: [], dataEvents: [], refusal: (error as Error).message };
  }
}

/** What the page of finance and operations for business events shows to a user, by e-mail. */
export async function readEvents(user: string): Promise<Events> {
  const [told, catalogues, companies] = await Promise.all([
    callConsole<Told>('GET', 'events'),
    readCatalogues(user),
    list('cdm_companies?$select=cdm_companycode&$orderby=cdm_companycode'),
  ]);
  return {
    sent: told.events,
    activations: told.active,
    endpoints: told.endpoints,
    businessEvents: catalogues.businessEvents.map(({ id, name, category, description, contract }) => ({
      ...{ id, name, description },
      group: category,
      fields: Object.keys(contract),
      isOfCompany: true,
    })),
    dataEvents: catalogues.dataEvents.map(({ id, name, entity, isCompanySpecific, fields }) => ({
      ...{ id, name, fields },
      group: entity,
      isOfCompany: isCompanySpecific,
      description: '',
    })),
    refusal: catalogues.refusal,
    companies: companies.map((row) => String(row['cdm_companycode'])),
  };
}

export const resendEvent = (id: string) => callConsole<unknown>('POST', `events/${id}/resend`);
type Verb = 'activate' | 'deactivate' | 'delete';
/** These are refused to who lacks the privilege. */
export const changeActivation = (user: string, verb: Verb, key: ActivationKey) =>
  callConsole<unknown>('POST', `events/activations/${verb}`, { ...key, user });
export const addEndpoint = (user: string, endpoint: object) =>
  callConsole<unknown>('POST', 'events/endpoints', { ...endpoint, user });
export const removeEndpoint = (user: string, name: string) =>
  callConsole<unknown>('DELETE', `events/endpoints/${encodeURIComponent(name)}?user=${encodeURIComponent(user)}`);

/** Where a sample of what a business event sends is fetched from. */
export const schemaUrl = (event: string) => `/_emulator/events/catalogue/${encodeURIComponent(event)}/schema`;

/** Those somebody may activate an event for; the others come by subscribing in Dataverse, or with a flow. */
export const isMadeByHand = ({ type }: Endpoint): boolean => type !== 'CDS' && type !== 'Flow';
