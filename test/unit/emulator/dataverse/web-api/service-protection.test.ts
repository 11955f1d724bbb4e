/** @see https://learn.microsoft.com/power-apps/developer/data-platform/api-limits */
import { faults } from '../../../../../emulator/dataverse/faults.ts';
import { aDataverse } from '../../../../support/a-dataverse.ts';
import {
  createClock,
  createRateLimits,
  protection,
  type Clock,
  type Fault,
} from '../../../../../emulator/kernel/index.ts';

let clock: Clock;
let elapsed: number;
beforeEach(() => {
  const start = Date.parse('2026-01-02T03:04:05Z');
  clock = createClock(() => start);
  elapsed = 0;
});
afterEach(() => clock.stop());

const user = (userId: string) => userId;
const guard = () => createRateLimits(clock, faults, () => elapsed);
const refusal = (enter: () => unknown) => {
  try {
    enter();
  } catch (error) {
    return [(error as Fault).wire.code, (error as Fault).facts['retryAfter']];
  }
  return undefined;
};

test('6,000 requests in 300 seconds, each user for itself, until the window has moved on', () => {
  const service = guard();
  const ask = (name = 'a') => service.enter(user(name)).leave();
  for (let count = 0; count < protection.requests; count++) ask();
  expect(refusal(ask)).toEqual(['0x80072322', 300]);
  expect(refusal(() => ask('b'))).toBeUndefined();
  clock.advance(100_000);
  expect(refusal(ask)).toEqual(['0x80072322', 200]);
  clock.advance(200_000);
  expect(refusal(ask)).toBeUndefined();
});

test('who keeps pushing waits longer', () => {
  const service = guard();
  const ask = () => service.enter(user('a')).leave();
  for (let count = 0; count < 6000; count++) {
    if (count === 3) clock.advance(60_000);
    ask();
  }
  const waits = Array.from({ length: 4 }, () => refusal(ask)![1]);
  expect(waits).toEqual([240, 240, 240, 300]);
});

test('1,200 seconds of execution in 300 seconds', () => {
  const service = guard();
  for (let count = 0; count < 4; count++) {
    const admission = service.enter(user('a'));
    elapsed += 300_000;
    admission.leave();
  }
  expect(refusal(() => service.enter(user('a')))).toEqual(['0x80072321', 300]);
});

test('52 requests at once', () => {
  const service = guard();
  const admitted = Array.from({ length: protection.concurrent }, () => service.enter(user('a')));
  expect(refusal(() => service.enter(user('a')))).toEqual(['0x80072326', 1]);
  admitted[0]!.leave();
  expect(service.enter(user('a')).headers()).toEqual({
    'x-ms-ratelimit-burst-remaining-xrm-requests': '5947',
    'x-ms-ratelimit-time-remaining-xrm-requests': '1200.00',
  });
});

test('over HTTP: what is left in headers, then 429 with the seconds to wait; a batch is one request', async () => {
  const platform = await aDataverse([], { serviceProtection: true });
  try {
    const remaining = async () =>
      Number((await platform.call('GET', 'WhoAmI')).headers['x-ms-ratelimit-burst-remaining-xrm-requests']);
    expect(await remaining()).toBe(5999);
    const part = '--b\r\nContent-Type: application/http\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n\r\n';
    const headers = { 'Content-Type': 'multipart/mixed; boundary=b' };
    expect((await platform.call('POST', '$batch', { body: `${part}${part}--b--\r\n`, headers })).status).toBe(200);
    expect(await remaining()).toBe(5997);
    for (let count = 3; count < protection.requests; count++) await platform.call('GET', 'WhoAmI');
    const { refusal: refused, headers: sent } = await platform.call('GET', 'WhoAmI');
    expect([refused, sent['Retry-After']]).toEqual(['429 0x80072322', '300']);
  } finally {
    platform.close();
  }
});
