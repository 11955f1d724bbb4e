import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oneAtATime } from '../../../alm/one-at-a-time.ts';

let root: string;
let lock: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'one-'));
  lock = join(root, 'dist/.building');
});
afterEach(() => rmSync(root, { recursive: true }));

test('works for the same checkout run one after the other', async () => {
  const happened: string[] = [];
  const work = (name: string) => async () => {
    happened.push(`${name} begins`);
    await new Promise((done) => setImmediate(done));
    happened.push(`${name} ends`);
  };
  await Promise.all(['a', 'b', 'c'].map((name) => oneAtATime(root, work(name))));
  const pairs = [0, 2, 4].map((place) => happened.slice(place, place + 2).join(', '));
  expect(pairs.sort()).toEqual(['a begins, a ends', 'b begins, b ends', 'c begins, c ends']);
});

test('the result is handed on, and the lock is gone, after a failure too', async () => {
  expect(await oneAtATime(root, async () => existsSync(lock))).toBe(true);
  expect(existsSync(lock)).toBe(false);
  await expect(oneAtATime(root, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(existsSync(lock)).toBe(false);
});

test('a lock of a process that is gone is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  mkdirSync(join(root, 'dist'));
  writeFileSync(lock, String(pid));
  expect(await oneAtATime(root, async () => 'done')).toBe('done');
});
