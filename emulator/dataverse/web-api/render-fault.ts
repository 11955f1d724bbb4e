import { Fault, json, randomId, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { ODataSyntaxError } from '../../odata/index.ts';
import { readPreferences, type Preferences } from './preferences.ts';

/** What a client is told when a request failed: the platform's error, or ours with the id of its trace in the log. */
export function renderFault(error: unknown, request: HttpRequest, log: (text: string) => void): HttpResponse {
  const headers = { 'OData-Version': '4.0', 'Content-Type': 'application/json; odata.metadata=minimal' };
  if (error instanceof ODataSyntaxError)
    return json(400, { error: { code: '0x80060888', message: error.message } }, headers);
  if (!(error instanceof Fault)) {
    const trace = randomId();
    log(`${request.method} ${request.url} failed (trace ${trace}): ${(error as Error).stack ?? String(error)}`);
    return json(
      500,
      {
        error: {
          code: '0x80040216',
          message: `An unexpected error occurred. Trace id ${trace}: ${(error as Error).message}`,
        },
      },
      headers,
    );
  }
  const { code, status } = error.wire;
  const details = errorDetails(error, readPreferences(request.headers));
  const wait = error.facts['retryAfter'];
  const retry: Record<string, string> = wait === undefined ? {} : { 'Retry-After': String(wait) };
  return json(status, { error: { code, message: error.message, ...details } }, { ...headers, ...retry });
}

/** The annotations of an error that were asked for. */
function errorDetails({ wire, message }: Fault, { annotation }: Preferences): Record<string, string> {
  const number = /^0x([0-9a-f]{8})$/i.exec(wire.code)?.[1] ?? '80040216';
  const all = {
    'Microsoft.PowerApps.CDS.HelpLink': `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${number}&client=platform`,
    'Microsoft.PowerApps.CDS.InnerError.Message': message,
  };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => annotation(name))
      .map(([name, value]) => [`@${name}`, value]),
  );
}
