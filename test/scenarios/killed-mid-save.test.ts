import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killDuringSaves } from '../support/killed-saves.ts';

/** Two here; `npm run bench -- dual-write` makes all twenty. */
const runs = 2;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'fno-killed-save-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('both sides are equal after the process was killed in the middle of dual-written saves', async () => {
  const results = await killDuringSaves(folder, runs);
  expect(results.flatMap(({ troubles }) => troubles)).toEqual([]);
  expect(results).toHaveLength(runs);
  expect(results.every(({ answered }) => answered > 0)).toBe(true);
}, 600_000);
