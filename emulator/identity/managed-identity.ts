import { json, type HttpRequest, type HttpResponse } from '../kernel/index.ts';
import { known, tokenFor, type TokenEndpointParts } from './token-endpoint.ts';

const refuse = (description: string) => json(400, { error: 'invalid_request', error_description: description });

/**
 * The token endpoint of a managed identity: that of virtual machines (header `Metadata: true`) at
 * `/metadata/identity/oauth2/token`, and that of App Service (header `X-IDENTITY-HEADER`, any value) at `/msi/token`, which
 * SDKs find by the variables `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export function handManagedIdentityToken(request: HttpRequest, parts: TokenEndpointParts): HttpResponse {
  const { searchParams: query } = new URL(request.url, 'http://localhost');
  const header = request.url.toLowerCase().startsWith('/msi/') ? 'x-identity-header' : 'metadata';
  if (request.headers[header] === undefined) return refuse('Required metadata header not specified');
  const resource = query.get('resource');
  if (!resource) return refuse("Required query variable 'resource' is missing");
  const clientId = query.get('client_id') ?? '';
  const upn = clientId === '' ? undefined : known(clientId, parts);
  return json(200, { ...tokenFor({ audience: resource, clientId, upn }, parts, false), client_id: clientId });
}
