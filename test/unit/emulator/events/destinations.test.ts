import { createDestinations } from '../../../../emulator/events/destinations.ts';
import type { LoggedEvent } from '../../../../emulator/events/event-log.ts';

// finance-operations reference 3.5, "HTTPS endpoint timeout": default 10 s, which 0 stands for.
type Parts = Parameters<typeof createDestinations>[0];
const never = () => new Promise<number>(() => undefined);
const destination = (httpTimeoutMs: number) => {
  const setup = {
    endpoint: () => ({ name: 'one', type: 'Http', target: 'http://127.0.0.1:9/' }),
    parameters: () => ({ httpTimeoutMs }),
  };
  const parts = { setup, deliver: never } as unknown as Parts;
  return createDestinations(parts)({ endpoint: 'one', payload: '{}' } as LoggedEvent)!;
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test.each([
  [0, 10_000],
  [2_500, 2_500],
])('an endpoint that does not answer is given up, with a timeout of %d ms after %d ms', async (given, waitedMs) => {
  let outcome = 'waiting';
  destination(given)
    .send()
    .catch((error: Error) => void (outcome = error.message));
  await jest.advanceTimersByTimeAsync(waitedMs - 1);
  expect(outcome).toBe('waiting');
  await jest.advanceTimersByTimeAsync(1);
  expect(outcome).toBe(`no answer within ${waitedMs} ms`);
});
