import { createHmac, randomBytes } from 'node:crypto';

export interface TokenClaims {
  /** What the token is for: the origin of a service, without a trailing slash. */
  readonly audience: string;
  readonly tenantId: string;
  /** Who acts; undefined for a client that is no user, who acts as the system administrator unless `--auth strict`. */
  readonly upn: string | undefined;
  readonly clientId: string;
}

/** Seconds a token says it is good for; the services here do not look, because the clock may jump. */
export const lifetimeSeconds = 3599;

const key = randomBytes(32);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A JSON web token in the shape of Microsoft Entra ID's access tokens.
 *
 * Differs: signed with a secret of this process, because nobody here verifies it; the real ones carry RS256.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function makeToken({ audience, tenantId, upn, clientId }: TokenClaims, now: Date): string {
  const issued = Math.floor(now.getTime() / 1000);
  const claims = {
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: issued,
    nbf: issued,
    exp: issued + lifetimeSeconds,
    appid: clientId,
    tid: tenantId,
    ver: '1.0',
    ...(upn === undefined ? {} : { upn, unique_name: upn }),
  };
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
