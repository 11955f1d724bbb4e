import { json, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { isObject, type ValueObject } from '../expressions/value.ts';
import { readBody } from '../http/read-body.ts';
import type { CallbackAnswer, Callbacks } from './callbacks.ts';
import type { RunStore } from './run-store.ts';

/** Callback addresses of every run: `<base>/runs/<run id>/<path of the action, base64url>`. */
export function createCallbacks(store: RunStore, base: () => string) {
  /** Who waits, by run and path. */
  const waiting = new Map<string, (answer: CallbackAnswer) => void>();
  /** Addresses given away by actions that have not noted it yet, and what came in there meanwhile. */
  const givenAway = new Map<string, ValueObject | undefined>();
  const key = (runId: string, path: string) => `${runId}/${path}`;

  return {
    ofRun: (runId: string): Callbacks => ({
      urlOf(path) {
        if (store.noted(runId, path) === undefined) givenAway.set(key(runId, path), undefined);
        return `${base()}/runs/${runId}/${Buffer.from(path).toString('base64url')}`;
      },
      noted: (path) => store.noted(runId, path),
      async note(path, what) {
        await store.note(runId, path, what);
        const early = givenAway.get(key(runId, path));
        givenAway.delete(key(runId, path));
        if (early !== undefined) await store.keepAnswer(runId, path, early);
      },
      answer: (path) =>
        new Promise((done) => {
          const kept = store.answer(runId, path);
          if (kept === undefined) waiting.set(key(runId, path), done);
          else done(asAnswer(kept));
        }),
    }),
    /** Takes a request to such an address; undefined for any other. What comes in is kept before anybody is told. */
    async take(request: HttpRequest): Promise<HttpResponse | undefined> {
      const match = /\/runs\/([^/]+)\/([\w-]+)$/.exec(new URL(request.url, 'http://localhost').pathname);
      if (match === null) return undefined;
      const [runId, path] = [match[1]!, Buffer.from(match[2]!, 'base64url').toString()];
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]),
      );
      const body = readBody(headers['content-type'], request.body);
      const isKept = await store.keepAnswer(runId, path, { headers, body });
      if (!isKept && givenAway.has(key(runId, path))) {
        givenAway.set(key(runId, path), { headers, body });
        return json(200, {});
      }
      if (!isKept)
        return json(404, {
          error: { code: 'WorkflowRunActionNotFound', message: `No action of a run waits at '${request.url}'.` },
        });
      waiting.get(key(runId, path))?.(asAnswer(store.answer(runId, path)!));
      waiting.delete(key(runId, path));
      return json(200, {});
    },
  };
}

const asAnswer = (kept: ValueObject): CallbackAnswer => ({
  headers: isObject(kept['headers']) ? kept['headers'] : {},
  body: kept['body'] ?? null,
});
