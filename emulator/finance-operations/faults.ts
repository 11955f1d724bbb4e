import { Fault } from '../kernel/index.ts';

/** A refusal of X++ logic; the text is the last infolog message. */
export function refused(message: string): Fault {
  return new Fault('refused', { code: '', status: 400 }, message);
}

export const faults = {
  badCommand: (message: string) => new Fault('badCommand', { code: 'BadCommand', status: 400 }, message),
  badRequest: (message: string) => new Fault('badRequest', { code: '', status: 400 }, message),
  notFound: (what: string) =>
    new Fault('notFound', { code: '', status: 404 }, `No HTTP resource was found that matches the request: ${what}.`),
  rowNotFound: (entity: string) =>
    new Fault('rowNotFound', { code: '', status: 404 }, `No row of '${entity}' matches the key.`),
  notAllowed: (method: string) =>
    new Fault(
      'notAllowed',
      { code: '', status: 405 },
      `The requested resource does not support http method '${method}'.`,
    ),
  readOnly: (set: string) => new Fault('readOnly', { code: '', status: 405 }, `The data entity '${set}' is read-only.`),
  tooManyRequests: (most: number, seconds: number, retryAfter: number) =>
    new Fault(
      'tooManyRequests',
      { code: '', status: 429 },
      `Number of requests exeeded the limit of ${most} over the time window of ${seconds} seconds.`,
      { retryAfter },
    ),
  tooMuchTime: (most: number, seconds: number, retryAfter: number) =>
    new Fault(
      'tooMuchTime',
      { code: '', status: 429 },
      `Combined execution time of incoming requests exceeded limit of ${most} seconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
      { retryAfter },
    ),
  tooConcurrent: (most: number, retryAfter: number) =>
    new Fault(
      'tooConcurrent',
      { code: '', status: 429 },
      `Number of concurrent requests exceeded the limit of ${most}.`,
      { retryAfter },
    ),
  resourcesExhausted: (retryAfter: number) =>
    new Fault(
      'resourcesExhausted',
      { code: '', status: 429 },
      'This request could not be processed at this time due to system experiencing high resource utilization.',
      { retryAfter },
    ),
  notAuthorized: (user: string) =>
    new Fault(
      'notAuthorized',
      { code: '', status: 401 },
      `The user '${user}' is not a user of finance and operations.`,
    ),
  applicationNotListed: () =>
    new Fault(
      'applicationNotListed',
      { code: '', status: 401 },
      'The applications of Power Platform are not among the Microsoft Entra applications of finance and operations.',
    ),
  accessDenied: (right: string, set: string) =>
    new Fault(
      'accessDenied',
      { code: '', status: 403 },
      `Access denied: none of your security roles lets you ${right} '${set}'.`,
    ),
  privilegeMissing: (privilege: string) =>
    new Fault(
      'privilegeMissing',
      { code: '', status: 403 },
      `Access denied: none of your security roles has the privilege '${privilege}'. Ask an administrator to add it to one of them.`,
    ),
  eventNotShown: (event: string) =>
    new Fault(
      'eventNotShown',
      { code: '', status: 403 },
      `Access denied: the business event '${event}' is mapped to none of your security roles. Map it on the tab Security of the business events catalog.`,
    ),
  subscriptionOfAll: (companies: readonly string[]) =>
    new Fault(
      'subscriptionOfAll',
      { code: '', status: 403 },
      `Access denied: your security roles hold for the legal entities ${companies.join(', ')} only. Name one of them, a subscription without a legal entity is to all.`,
    ),
  companyNotAllowed: (company: string) =>
    new Fault(
      'companyNotAllowed',
      { code: '', status: 403 },
      `You are not authorized to access the legal entity '${company}'.`,
    ),
} as const;
