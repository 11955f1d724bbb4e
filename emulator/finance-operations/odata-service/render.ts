import { Fault, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { ODataSyntaxError } from '../../odata/index.ts';
import { respond } from './write-row.ts';

/** Decided: the shape of errors; X++ refusals carry the infolog in `innererror.message`. */
export function render(error: unknown, request: HttpRequest, log: (text: string) => void): HttpResponse {
  if (error instanceof ODataSyntaxError) return respond(400, { error: { code: '', message: error.message } });
  if (!(error instanceof Fault)) return renderMistake(error as Error, request, log);
  const { code, status } = error.wire;
  const { retryAfter } = error.facts;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  if (error.name !== 'refused' && error.name !== 'dualWriteRefused')
    return respond(status, { error: { code, message: error.message } }, headers);
  return respond(status, {
    error: {
      code,
      message: 'An error has occurred.',
      innererror: {
        message: `Write failed for table row of type. Infolog: Error: ${error.message}`,
        type: 'System.InvalidOperationException',
        stacktrace: '',
      },
    },
  });
}

function renderMistake(error: Error, request: HttpRequest, log: (text: string) => void): HttpResponse {
  if (error.name === 'ConnectionDropped' || error.constructor.name === 'ConnectionDropped') throw error;
  log(`${request.method} ${request.url} failed: ${error.stack ?? String(error)}`);
  return respond(500, {
    error: {
      code: '',
      message: 'An error has occurred.',
      innererror: { message: error.message, type: 'System.Exception', stacktrace: '' },
    },
  });
}
