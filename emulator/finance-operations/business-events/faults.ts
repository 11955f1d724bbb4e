import { Fault } from '../../kernel/index.ts';

/** What the set-up of business events refuses. */
export const faults = {
  noEvent: (event: string) =>
    new Fault(
      'noEvent',
      { code: 'NoEvent', status: 404 },
      `There is no event '${event}' in the catalogues. GET /_emulator/events/catalogue lists them.`,
    ),
  noEndpoint: (name: string) =>
    new Fault(
      'noEndpoint',
      { code: 'NoEndpoint', status: 404 },
      `There is no endpoint '${name}'. Make it first, then activate the event.`,
    ),
  noActivation: (event: string, legalEntity: string, endpoint: string) =>
    new Fault(
      'noActivation',
      { code: 'NoActivation', status: 404 },
      `'${event}' is not activated for the legal entity '${legalEntity}' and the endpoint '${endpoint}'.`,
    ),
  badEndpoint: (message: string) => new Fault('badEndpoint', { code: 'BadEndpoint', status: 400 }, message),
  endpointInUse: (name: string) =>
    new Fault(
      'endpointInUse',
      { code: 'EndpointInUse', status: 409 },
      `The endpoint '${name}' is in use. Delete its active events first.`,
    ),
  tooManyEndpoints: (event: string, most: number) =>
    new Fault(
      'tooManyEndpoints',
      { code: 'TooManyEndpoints', status: 400 },
      `'${event}' has ${most} endpoints for this legal entity already. Raise "Endpoints allowed per event" or delete one.`,
    ),
  badActivation: (message: string) => new Fault('badActivation', { code: 'BadActivation', status: 400 }, message),
  badParameter: (message: string) => new Fault('badParameter', { code: 'BadParameter', status: 400 }, message),
} as const;
