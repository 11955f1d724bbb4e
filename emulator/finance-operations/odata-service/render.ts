import { bearerName, Fault, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { ODataSyntaxError } from '../../odata/index.ts';
import { inLanguage, usualLanguage } from '../infolog/in-language.ts';
import type { ServiceParts } from './call.ts';
import { respond } from './write-row.ts';

type RenderParts = Pick<ServiceParts, 'log' | 'userByName'>;

/** Decided: the shape of errors; X++ refusals carry the infolog in `innererror.message`, in the language of the user. */
export function render(error: unknown, request: HttpRequest, { log, userByName }: RenderParts): HttpResponse {
  if (error instanceof ODataSyntaxError) return respond(400, { error: { code: '', message: error.message } });
  if (!(error instanceof Fault)) return renderMistake(error as Error, request, log);
  const { code, status } = error.wire;
  const { retryAfter } = error.facts;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  if (error.name !== 'refused' && error.name !== 'dualWriteRefused')
    return respond(status, { error: { code, message: error.message } }, headers);
  const name = bearerName(request.headers);
  const language = (name === undefined ? undefined : userByName(name))?.language ?? usualLanguage;
  return respond(status, {
    error: {
      code,
      message: 'An error has occurred.',
      innererror: {
        message: `Write failed for table row of type. Infolog: Error: ${inLanguage(error.message, language)}`,
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
