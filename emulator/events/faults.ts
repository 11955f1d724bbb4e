import { Fault } from '../kernel/index.ts';

const fault = (name: string, code: string, status: number, message: string) =>
  new Fault(name, { code, status }, message);

/** What the administration of events refuses. */
export const faults = {
  noEvent: (event: string) =>
    fault(
      'noEvent',
      'NoEvent',
      404,
      `There is no event '${event}' in the catalogues. GET /_emulator/events/catalogue lists them.`,
    ),
  noEndpoint: (name: string) =>
    fault('noEndpoint', 'NoEndpoint', 404, `There is no endpoint '${name}'. Make it first, then activate the event.`),
  noActivation: (event: string, legalEntity: string, endpoint: string) =>
    fault(
      'noActivation',
      'NoActivation',
      404,
      `'${event}' is not activated for the legal entity '${legalEntity}' and the endpoint '${endpoint}'.`,
    ),
  badEndpoint: (message: string) => fault('badEndpoint', 'BadEndpoint', 400, message),
  endpointInUse: (name: string) =>
    fault('endpointInUse', 'EndpointInUse', 409, `The endpoint '${name}' is in use. Delete its active events first.`),
  tooManyEndpoints: (event: string, most: number) =>
    fault(
      'tooManyEndpoints',
      'TooManyEndpoints',
      400,
      `'${event}' has ${most} endpoints for this legal entity already. Raise "Endpoints allowed per event" or delete one.`,
    ),
  badActivation: (message: string) => fault('badActivation', 'BadActivation', 400, message),
  badParameter: (message: string) => fault('badParameter', 'BadParameter', 400, message),
  noQueue: (name: string) => fault('noQueue', 'NoQueue', 404, `No endpoint sends to a queue '${name}'.`),
} as const;
