import { json, type HttpRequest, type HttpResponse } from '../kernel/index.ts';
import type { Directory } from './directory.ts';
import { refusals } from './oauth-error.ts';
import { lifetimeSeconds, makeToken } from './token.ts';

export interface TokenEndpointParts {
  readonly directory: Directory;
  readonly now: () => Date;
  /** Whether a client nobody knows is refused; else it acts as the system administrator. */
  readonly isStrict: boolean;
  readonly tenantId: string;
}

type Form = ReadonlyMap<string, string>;

/** Grants for which a client needs no browser. Any secret is taken: the emulator keeps none. */
const grants: Readonly<Record<string, (form: Form, parts: TokenEndpointParts) => string | undefined>> = {
  client_credentials(form, parts) {
    if (!form.has('client_secret') && !form.has('client_assertion')) throw refusals.missingSecret();
    return known(required(form, 'client_id'), parts);
  },
  password(form, { directory }) {
    required(form, 'password');
    const email = directory.emailOf(required(form, 'username'));
    if (email === undefined) throw refusals.unknownUser();
    return email;
  },
};

/**
 * `POST /{tenant}/oauth2/v2.0/token` and the older `/{tenant}/oauth2/token`.
 *
 * @throws OAuthError in the words of the real endpoint
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function handToken(request: HttpRequest, parts: TokenEndpointParts): HttpResponse {
  const form: Form = new Map(new URLSearchParams(request.body.toString()));
  const grant = required(form, 'grant_type');
  const run = Object.hasOwn(grants, grant) ? grants[grant] : undefined;
  if (run === undefined) throw refusals.unknownGrant(grant);
  const isVersion2 = /\/v2\.0\//i.test(request.url);
  const audience = isVersion2 ? audienceOf(required(form, 'scope')) : required(form, 'resource');
  const clientId = required(form, 'client_id');
  const upn = run(form, parts);
  return json(200, { ...tokenFor({ audience, clientId, upn }, parts, isVersion2), ext_expires_in: lifetimeSeconds });
}

/** The answer of an endpoint; the older ones name times and resource too, and write numbers as text. */
export function tokenFor(
  { audience, clientId, upn }: { audience: string; clientId: string; upn: string | undefined },
  { now, tenantId }: Pick<TokenEndpointParts, 'now' | 'tenantId'>,
  isVersion2: boolean,
): Record<string, unknown> {
  const issued = now();
  const access_token = makeToken({ audience: audience.replace(/\/+$/, ''), tenantId, upn, clientId }, issued);
  if (isVersion2) return { token_type: 'Bearer', expires_in: lifetimeSeconds, access_token };
  const notBefore = Math.floor(issued.getTime() / 1000);
  return {
    token_type: 'Bearer',
    expires_in: String(lifetimeSeconds),
    expires_on: String(notBefore + lifetimeSeconds),
    not_before: String(notBefore),
    resource: audience,
    access_token,
  };
}

/** @throws OAuthError for a client nobody knows, when strict */
export function known(clientId: string, { directory, isStrict }: TokenEndpointParts): string | undefined {
  const email = directory.emailOf(clientId);
  if (email === undefined && isStrict) throw refusals.unknownClient(clientId);
  return email;
}

function required(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined || value === '') throw refusals.missingParameter(name);
  return value;
}

/** `https://org.example/.default offline_access` is for `https://org.example`. */
function audienceOf(scope: string): string {
  const first = scope.split(/\s+/).find((one) => one.includes('://')) ?? scope;
  return first.replace(/\/[^/]*$/, '');
}
