/** Builds our own solution twice, in folders of different names and lengths. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSolution } from '../../alm/build.ts';
import { aWorkspace } from '../support/workspace.ts';

jest.setTimeout(900_000);

const rooms = ['controls', 'plugins-ts', 'solution', 'flows'];
const workspaces = [aWorkspace(rooms, { name: 'one' }), aWorkspace(rooms, { name: 'another-much-longer-name' })];
afterAll(() => workspaces.forEach((workspace) => workspace.remove()));

async function build(folder: string): Promise<{ zips: Buffer[]; said: string[] }> {
  const said: string[] = [];
  const outDir = join(folder, 'dist');
  const { unmanaged, managed } = await buildSolution({ root: folder, outDir, log: (text) => said.push(text) });
  return { zips: [unmanaged, managed].map((file) => readFileSync(file)), said };
}

test('the zips are the same byte for byte wherever they are built, and a warm build builds no control again', async () => {
  const [one, other] = [await build(workspaces[0]!.folder), await build(workspaces[1]!.folder)];
  expect(one.said.filter((text) => text.startsWith('building control'))).not.toEqual([]);
  for (const place of [0, 1]) expect(one.zips[place]!.equals(other.zips[place]!)).toBe(true);
  for (const { folder } of workspaces) expect(one.zips[0]!.includes(folder)).toBe(false);

  const warm = await build(workspaces[0]!.folder);
  expect(warm.said.filter((text) => text.startsWith('building control'))).toEqual([]);
  for (const place of [0, 1]) expect(warm.zips[place]!.equals(one.zips[place]!)).toBe(true);
  const left = readdirSync(join(workspaces[0]!.folder, 'dist')).filter((name) => !/\.zip$|^web-resources$/.test(name));
  expect(left).toEqual([]);
});
