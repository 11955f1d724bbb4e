import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTogether } from '../../../alm/write-together.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'together-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('writes all files, into folders that need not exist, over older ones', () => {
  const [a, b] = [join(folder, 'new/a.zip'), join(folder, 'b.zip')];
  writeFileSync(b, 'old');
  writeTogether([a, b].map((file) => ({ file, content: Buffer.from('new') })));
  expect([a, b].map((file) => readFileSync(file, 'utf8'))).toEqual(['new', 'new']);
  expect(readdirSync(folder).sort()).toEqual(['b.zip', 'new']);
});

test('a file that cannot be written leaves the others as they were, and no part of any', () => {
  const a = join(folder, 'a.zip');
  writeFileSync(a, 'old');
  // A folder stands where the part of the second file would go.
  mkdirSync(join(folder, `b.zip.${process.pid}.part/full`), { recursive: true });
  const write = () =>
    writeTogether([
      { file: a, content: Buffer.from('new') },
      { file: join(folder, 'b.zip'), content: Buffer.from('new') },
    ]);
  expect(write).toThrow();
  expect(readFileSync(a, 'utf8')).toBe('old');
  expect(existsSync(`${a}.${process.pid}.part`)).toBe(false);
});
