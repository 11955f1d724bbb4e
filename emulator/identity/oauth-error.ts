import { randomUUID } from 'node:crypto';
import { json, type HttpResponse } from '../kernel/index.ts';

/** A refusal in the shape and words of Microsoft Entra ID's token endpoint. */
export class OAuthError extends Error {
  constructor(
    readonly error: string,
    /** The number after `AADSTS`. */
    readonly code: number,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/**
 * What the token endpoint refuses.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const refusals = {
  missingParameter: (name: string) =>
    new OAuthError('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`),
  missingSecret: () =>
    new OAuthError(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      401,
    ),
  unknownClient: (id: string) =>
    new OAuthError(
      'unauthorized_client',
      700016,
      `Application with identifier '${id}' was not found in the directory. Here it is the e-mail of a user, or the application id of an application user.`,
    ),
  unknownUser: () => new OAuthError('invalid_grant', 50034, 'The user account does not exist in the directory.'),
  unknownGrant: (grant: string) =>
    new OAuthError('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`),
} as const;

/** @param now of the emulator's clock */
export function renderOAuthError({ error, code, message, status }: OAuthError, now: Date): HttpResponse {
  const traceId = randomUUID();
  const timestamp = now.toISOString().replace('T', ' ').replace(/\.\d+/, '');
  return json(status, {
    error,
    error_description: `AADSTS${code}: ${message} Trace ID: ${traceId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: randomUUID(),
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  });
}
