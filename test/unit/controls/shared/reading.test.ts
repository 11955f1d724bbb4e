import { Reading } from '../../../../controls/shared/reading.ts';

const gate = () => {
  let open = (_value: string): void => undefined;
  const promise = new Promise<string>((done) => (open = done));
  return { promise, open };
};
const later = () => new Promise<void>((done) => setTimeout(done, 0));

test('reads once for a key, and again for another', async () => {
  const reads: string[] = [];
  const reading = new Reading<string>(() => undefined);
  for (const key of ['a', 'a', 'b', 'b']) reading.ask(key, async () => (reads.push(key), key));
  await later();
  expect(reads).toEqual(['a', 'b']);
  expect(reading.state).toEqual({ status: 'read', value: 'b' });
});

test('drops an answer that comes after a later question', async () => {
  const [slow, quick] = [gate(), gate()];
  const reading = new Reading<string>(() => undefined);
  reading.ask('a', () => slow.promise);
  reading.ask('b', () => quick.promise);
  quick.open('quick');
  await later();
  slow.open('slow');
  await later();
  expect(reading.state).toEqual({ status: 'read', value: 'quick' });
});

test('keeps the last value while it is read again, and when that fails', async () => {
  const reading = new Reading<string>(() => undefined);
  reading.ask('a', async () => 'first');
  await later();
  reading.again(() => Promise.reject(new Error('no')));
  expect(reading.state).toEqual({ status: 'reading', value: 'first' });
  await later();
  expect(reading.state).toEqual({ status: 'failed', value: 'first', failure: { kind: 'failed', message: 'no' } });
});

test('another key does not inherit the value of the one before', () => {
  const reading = new Reading<string>(() => undefined);
  reading.ask('a', async () => 'first');
  reading.ask('b', async () => 'second');
  expect(reading.state).toEqual({ status: 'reading', value: undefined });
});

test('says nothing any more once it is stopped', async () => {
  let changes = 0;
  const reading = new Reading<string>(() => changes++);
  reading.ask('a', async () => 'value');
  reading.stop();
  reading.again(async () => 'other');
  await later();
  expect(changes).toBe(0);
});
