import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packSolution } from '../../../alm/pack-solution.ts';
import { identityOf, readZip } from '../../../packaging/index.ts';
import { orchard, withTree, type Tree } from '../../support/unpacked-solution.ts';

let out: string;
beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'dist-'))));
afterEach(() => rmSync(out, { recursive: true }));

function pack(changes: Tree = {}) {
  const tree = { ...orchard, 'map.xml': '<Mapping />', ...changes };
  const inside = Object.entries(tree).map(([path, content]) => [`solution/${path}`, content] as const);
  return withTree(Object.fromEntries(inside), (root) => packSolution(root, out));
}

test('writes the unmanaged and the managed zip, named after name and version', async () => {
  const zips = await pack();
  expect(readdirSync(out).sort()).toEqual(['Orchard_1_2_0_0.zip', 'Orchard_1_2_0_0_managed.zip']);
  const managed = await Promise.all([zips.unmanaged, zips.managed].map((file) => readZip(readFileSync(file))));
  expect(managed.map((solution) => identityOf(solution).isManaged)).toEqual([false, true]);
});

test('packing twice, in two folders, gives the same bytes', async () => {
  const first = await pack();
  const bytes = readFileSync(first.unmanaged);
  await pack();
  expect(readFileSync(first.unmanaged).equals(bytes)).toBe(true);
});

test.each([
  ['a missing file', { 'WebResources/ora_/box.js': undefined }, /web resource 'ora_\/box.js' needs the file/],
  [
    'malformed XML',
    { 'AppModules/ora_App/AppModule.xml': '<AppModule>' },
    /AppModule\.xml is not well-formed XML: line 1/,
  ],
  ['an orphan', { 'WebResources/ora_/old.js': 'x' }, /old\.js: it belongs to no component/],
])('%s stops it with one message and writes nothing', async (_, changes: Tree, expected) => {
  const packing = pack(changes);
  await expect(packing).rejects.toThrow(/^The solution could not be packed: /);
  await expect(packing).rejects.toThrow(expected);
  expect(readdirSync(out)).toEqual([]);
});
