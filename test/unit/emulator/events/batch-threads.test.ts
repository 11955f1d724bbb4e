import { createBatchThreads, type Destination } from '../../../../emulator/events/batch-threads.ts';
import { createEventLog, type EventLog } from '../../../../emulator/events/event-log.ts';
import type { EventParameters } from '../../../../emulator/finance-operations/index.ts';
import { createClock, createFaultRules, createWork, type Clock, type Work } from '../../../../emulator/kernel/index.ts';
import { openDatabase, type Database } from '../../../../emulator/storage/index.ts';

// finance-operations reference, 3.5 "Delivery semantics" (business events: home page, "parameters and processing").
let database: Database;
let clock: Clock;
let work: Work;
let events: EventLog;
/** Ids in the order they came to the endpoint. */
let arrived: string[];
let sending: { now: number; most: number };
/** What sending this event does; 200 unless a test says otherwise. */
let answer: (id: string, attempt: number) => number | Promise<number>;

const parameters: EventParameters = {
  retryCount: 3,
  waitBetweenRetriesMs: 1000,
  endpointsPerEvent: 10,
  bundleSize: 10,
  processingThreads: 1,
  httpTimeoutMs: 0,
  eventGridDataIsObject: 0,
};

beforeEach(() => {
  database = openDatabase(':memory:');
  clock = createClock(() => Date.parse('2026-03-01T12:00:00Z'));
  work = createWork((name, error) => {
    throw new Error(`${name}: ${String(error)}`);
  });
  events = createEventLog(database, clock.now);
  arrived = [];
  sending = { now: 0, most: 0 };
  answer = () => 200;
});
afterEach(() => {
  clock.stop();
  database.close();
});

const attempts = new Map<string, number>();
beforeEach(() => attempts.clear());

function threads(changed: Partial<EventParameters> = {}, isLocal = false) {
  const destination = ({ id }: { id: string }): Destination => ({
    target: 'http://127.0.0.1/',
    isLocal,
    async send() {
      attempts.set(id, (attempts.get(id) ?? 0) + 1);
      sending.now += 1;
      sending.most = Math.max(sending.most, sending.now);
      try {
        const status = await answer(id, attempts.get(id)!);
        arrived.push(id);
        return status;
      } finally {
        sending.now -= 1;
      }
    },
  });
  const faultRules = createFaultRules(() => undefined);
  const given = { ...parameters, ...changed };
  return createBatchThreads({
    database,
    clock,
    work,
    events,
    faultRules,
    log: () => undefined,
    parameters: () => given,
    destination,
  });
}

const add = (count: number) =>
  Array.from({ length: count }, (_unused, index) =>
    events.add({
      id: `E${index + 1}`,
      kind: 'business',
      event: 'SalesInvoicePostedBusinessEvent',
      legalEntity: 'usmf',
      endpoint: 'one',
      controlNumber: index,
      payload: '{}',
      createdOn: clock.now().toISOString(),
    }),
  );
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_unused, index) => `E${from + index}`);
const tick = () => new Promise((soon) => setTimeout(soon, 1));

test('one thread sends one event at a time, the oldest first', async () => {
  answer = async () => (await tick(), 200);
  const { add: take } = threads();
  for (const sequence of add(25)) take(sequence);
  await work.quiet(5000);
  expect([arrived, sending.most]).toEqual([ids(1, 25), 1]);
});

test.each([
  [4, 4],
  [2, 2],
])('%i threads work on bundles side by side', async (processingThreads, most) => {
  answer = async () => (await tick(), 200);
  const { add: take } = threads({ processingThreads, bundleSize: 5 });
  for (const sequence of add(40)) take(sequence);
  await work.quiet(5000);
  expect([[...arrived].sort(), sending.most]).toEqual([ids(1, 40).sort(), most]);
});

test('a bundle that is too large leaves nothing to the other threads', async () => {
  answer = async () => (await tick(), 200);
  const { add: take } = threads({ processingThreads: 4, bundleSize: 100 });
  for (const sequence of add(40)) take(sequence);
  await work.quiet(5000);
  expect([arrived, sending.most]).toEqual([ids(1, 40), 1]);
});

test('a thread goes on with its bundle in order while another overtakes it', async () => {
  answer = async (id) => (id === 'E1' ? await new Promise<void>((soon) => setTimeout(soon, 30)) : await tick(), 200);
  const { add: take } = threads({ processingThreads: 2, bundleSize: 2 });
  for (const sequence of add(6)) take(sequence);
  await work.quiet(5000);
  expect(arrived.indexOf('E2')).toBe(arrived.indexOf('E1') + 1);
  expect(arrived.indexOf('E3')).toBeLessThan(arrived.indexOf('E1'));
});

test('what fails is tried three times more, a second apart, and then stands in the error log', async () => {
  answer = () => 500;
  const { add: take } = threads();
  const [sequence] = add(1);
  take(sequence!);
  const tries: number[] = [];
  for (let second = 0; second < 5; second++) {
    await work.quiet(50);
    tries.push(arrived.length);
    clock.advance(999);
    await work.quiet(50);
    tries.push(arrived.length);
    clock.advance(1);
  }
  expect(tries).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 4, 4]);
  expect(events.read(sequence!)).toMatchObject({ status: 'Error', attempts: 4, error: expect.stringContaining('500') });
  expect(events.read(sequence!)!.lastProcessedOn).toBe('2026-03-01T12:00:03.000Z');
});

test('a try that succeeds ends it, and the others of the bundle follow', async () => {
  answer = (id, attempt) => (id === 'E1' && attempt < 3 ? 503 : 200);
  const { add: take } = threads();
  const sequences = add(3);
  for (const sequence of sequences) take(sequence);
  for (let second = 0; second < 4; second++) {
    await work.quiet(50);
    clock.advance(1000);
  }
  await work.quiet(50);
  expect(arrived).toEqual(['E1', 'E1', 'E1', 'E2', 'E3']);
  expect(sequences.map((sequence) => events.read(sequence)!.status)).toEqual(['Sent', 'Sent', 'Sent']);
});

test('a bundle that ends in the store goes in one transaction, in which one that fails fails alone', async () => {
  let transactions = 0;
  answer = (id, attempt) => {
    expect(database.inTransaction()).toBe(attempt === 1);
    transactions += id === 'E1' ? 1 : 0;
    return id === 'E2' && attempt === 1 ? 500 : 200;
  };
  const { add: take } = threads({}, true);
  const sequences = add(3);
  for (const sequence of sequences) take(sequence);
  await work.quiet(50);
  clock.advance(1000);
  await work.quiet(50);
  expect([arrived, transactions]).toEqual([['E1', 'E2', 'E3', 'E2'], 1]);
  expect(sequences.map((sequence) => events.read(sequence)!.status)).toEqual(['Sent', 'Sent', 'Sent']);
});

test.each(['retryCount', 'bundleSize', 'endpointsPerEvent'] as const)('%s of 0 stops everything', async (name) => {
  const { add: take } = threads({ [name]: 0 });
  for (const sequence of add(3)) take(sequence);
  await work.quiet(50);
  expect(arrived).toEqual([]);
  expect(events.waiting()).toHaveLength(3);
});

test('what was sent but not noted is sent again at the next start: at least once', async () => {
  const [sequence] = add(1);
  answer = () => {
    events.record = () => {
      throw new Error('the process ends here');
    };
    return 200;
  };
  const first = createWork(() => undefined);
  const noted = work;
  work = first;
  threads().add(sequence!);
  await first.quiet(50);
  work = noted;
  events = createEventLog(database, clock.now);
  answer = () => 200;
  const { add: take } = threads();
  for (const one of events.waiting()) take(one);
  await work.quiet(50);
  expect(arrived).toEqual(['E1', 'E1']);
  expect(events.read(sequence!)!.status).toBe('Sent');
});
