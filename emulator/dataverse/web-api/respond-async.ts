import { isLoopbackHost, type HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import type { CustomApi } from '../custom-apis/custom-apis.ts';
import type { OperationCall } from './operations/operation.ts';
import { readInput } from './operations/typed-operation.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Answers a call of a custom API before it is done, as `Prefer: respond-async` asks: what can be known to be wrong with it
 * is refused at once.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/background-operations#request-asynchronous-processing
 */
export async function respondAsync(
  context: RequestContext,
  api: CustomApi,
  call: OperationCall,
): Promise<HttpResponse> {
  const { parts, request, caller, preferences } = context;
  const { callbackUrl } = preferences;
  const { input } = await readInput(context, api, call);
  if (callbackUrl !== undefined) requireAllowed(callbackUrl, parts.allowedHosts);
  const { name, displayName } = api;
  const id = await parts.background.accept({ name, displayName, input, caller, request, callbackUrl });
  const location = parts.background.location(id);
  const headers = {
    Location: location,
    'x-ms-dyn-backgroundoperationid': id,
    'Preference-Applied': callbackUrl === undefined ? 'respond-async' : 'callback',
  };
  if (callbackUrl === undefined) return { status: 202, headers, body: '' };
  const body = JSON.stringify({ backgroundOperationId: id, location });
  return { status: 202, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}

/** Differs: the platform calls any address; here hosts beyond this machine are allowed by the setting for flows. */
function requireAllowed(url: string, allowedHosts: ReadonlySet<string>): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    throw faults.invalidArgument(`Invalid Argument: the callback '${url}' is not an absolute http or https address.`);
  if (isLoopbackHost(parsed.host) || allowedHosts.has(parsed.host) || allowedHosts.has(parsed.hostname)) return;
  throw faults.invalidArgument(
    `Invalid Argument: the callback may not go to '${parsed.host}' here. Allow it with --allow-host ${parsed.hostname}.`,
  );
}
