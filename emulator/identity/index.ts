import { json, notEmulated, type HttpRequest, type HttpResponse } from '../kernel/index.ts';
import { handManagedIdentityToken } from './managed-identity.ts';
import { OAuthError, renderOAuthError } from './oauth-error.ts';
import { handToken, type TokenEndpointParts } from './token-endpoint.ts';

export type { Directory } from './directory.ts';

/** The tenant of every environment here. */
export const tenantId = '5f2ad3a5-6c1e-4b0f-9a3d-0c6d7e8f9a10';

export interface IdentityParts extends TokenEndpointParts {
  readonly origin: () => string;
}

export interface Identity {
  /** Answers what a tenant of Microsoft Entra ID and a machine's managed identity would; undefined for any other path. */
  handle(request: HttpRequest): HttpResponse | undefined;
  /** Adds to a 401 where a token is to be had, as Dataverse does; clients find their authority by it. */
  challenge(response: HttpResponse): HttpResponse;
}

type Answer = (request: HttpRequest, parts: IdentityParts) => HttpResponse;

const refused: Answer = () => {
  const { message } = notEmulated(
    'Signing in with a browser or a device code',
    'Ask for a token with client credentials or a password, or send the e-mail of a user as the bearer token.',
  );
  return json(501, { error: 'not_emulated', error_description: message });
};

const paths: readonly (readonly [method: string, path: RegExp, answer: Answer])[] = [
  ['POST', /^(\/[^/]+)?\/oauth2\/(v2\.0\/)?token$/i, handToken],
  ['GET', /^\/(metadata\/identity\/oauth2|msi)\/token$/i, handManagedIdentityToken],
  ['GET', /^\/[^/]+\/(v2\.0\/)?\.well-known\/openid-configuration$/i, describe],
];

/** Signing in without a tenant: tokens for clients that insist on asking for one. */
export function createIdentity(parts: IdentityParts): Identity {
  return {
    handle(request) {
      const path = request.url.split('?', 1)[0]!;
      const found = paths.find(([method, pattern]) => method === request.method && pattern.test(path));
      const answer = found?.[2] ?? (/^(\/[^/]+)?\/oauth2\//i.test(path) ? refused : undefined);
      try {
        return answer?.(request, parts);
      } catch (error) {
        if (error instanceof OAuthError) return renderOAuthError(error, parts.now());
        throw error;
      }
    },
    challenge(response) {
      if (response.status !== 401) return response;
      const origin = parts.origin();
      const words = `Bearer authorization_uri=${origin}/${parts.tenantId}/oauth2/authorize, resource_id=${origin}/`;
      return { ...response, headers: { ...response.headers, 'WWW-Authenticate': words } };
    },
  };
}

/** Where a client that starts from the authority finds the endpoints. */
function describe(request: HttpRequest, { origin, tenantId }: IdentityParts): HttpResponse {
  const tenant = `${origin()}/${request.url.split('/')[1]}`;
  return json(200, {
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${tenant}/oauth2/v2.0/devicecode`,
    issuer: `${origin()}/${tenantId}/v2.0`,
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['HS256'],
  });
}
