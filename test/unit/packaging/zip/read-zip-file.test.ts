import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { PackageError, readZip, readZipFile, writeXml, writeZip } from '../../../../packaging/index.ts';
import { aFullPackage } from '../../../support/a-full-package.ts';
import { rawZip, type RawEntry } from '../../../support/raw-zip.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-'));
  file = join(folder, 'x.zip');
});
afterEach(() => rmSync(folder, { recursive: true }));

const roots: readonly RawEntry[] = [
  { name: 'solution.xml', content: '<x />' },
  { name: 'customizations.xml', content: '<x />' },
  { name: '[Content_Types].xml', content: '<Types><Default Extension="xml" /><Default Extension="js" /></Types>' },
];
const open = (...entries: RawEntry[]) => {
  writeFileSync(file, rawZip([...roots, ...entries]));
  return readZipFile(file);
};
const content = Buffer.from('x'.repeat(5000));
const deflated: RawEntry = {
  name: 'a.js',
  content: deflateRawSync(content),
  method: 8,
  size: content.length,
  crc: crc32(content),
};

test('gives the same package as the zip read into memory', async () => {
  const bytes = await writeZip(aFullPackage());
  writeFileSync(file, bytes);
  const [lazy, held] = [await readZipFile(file), await readZip(bytes)];
  expect(new Map(lazy.files)).toEqual(held.files);
  expect([...lazy.files.values()]).toEqual([...held.files.values()]);
  expect(writeXml(lazy.customizations)).toBe(writeXml(held.customizations));
  expect((await writeZip(lazy)).equals(bytes)).toBe(true);
});

test('reads deflated entries each time they are asked for', async () => {
  const { files } = await open(deflated);
  expect(files.get('a.js')).toEqual(content);
  expect(files.get('a.js')).toEqual(content);
  expect(files.get('b.js')).toBeUndefined();
});

test.each<[string, RawEntry, RegExp]>([
  ['a wrong checksum', { ...deflated, crc: 1 }, /checksum of 'a\.js' is wrong/],
  ['a bomb', { ...deflated, size: 10 }, /cannot be unpacked to the 10 bytes/],
  ['a size too large', { ...deflated, size: 9000 }, /is 5000 bytes long, not 9000/],
  ['what is not deflated', { ...deflated, content: 'no deflate' }, /cannot be unpacked/],
])('%s is refused when the content is asked for', async (_, entry, says) => {
  const { files } = await open(entry);
  expect(() => files.get('a.js')).toThrow(says);
  expect(() => files.get('a.js')).toThrow(expect.objectContaining({ name: 'PackageError', entry: 'a.js' }));
});

test.each<[string, RawEntry, RegExp]>([
  ['encrypted', { name: 'a.js', content: 'thirteenbytes', size: 1, flags: 1 }, /encrypted/],
  ['packed in an unknown way', { name: 'a.js', content: 'x', method: 12 }, /compression method 12/],
  ['stored and of two sizes', { name: 'a.js', content: 'x', size: 2 }, /two sizes|size mismatch/],
  ['of a name that leads out', { name: '../a.js', content: 'x' }, /\.\.\/a\.js/],
  ['there twice', { name: 'SOLUTION.xml', content: 'x' }, /two entries/],
])('an entry %s is refused at once', async (_, entry, says) => {
  await expect(open(entry)).rejects.toThrow(says);
});

test('what is no zip, or has become shorter, is refused', async () => {
  writeFileSync(file, 'hello');
  await expect(readZipFile(file)).rejects.toThrow(PackageError);
  const { files } = await open(deflated);
  truncateSync(file, 10);
  expect(() => files.get('a.js')).toThrow(/has become shorter/);
});
