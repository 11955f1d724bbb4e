/** What stops a build, as the person who builds sees it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildControls } from '../../alm/build-controls.ts';
import { orchard, type Tree } from '../support/unpacked-solution.ts';
import { aTinyControl, aWorkspace, type Workspace } from '../support/workspace.ts';

jest.setTimeout(300_000);

let workspace: Workspace;
afterEach(() => workspace.remove());

const below = (folder: string, tree: Tree) =>
  Object.fromEntries(Object.entries(tree).map(([path, content]) => [`${folder}/${path}`, content]));

/** The programs of this repository over a small product of its own. */
function aProduct(changes: Tree = {}): void {
  const files = { ...below('solution', { ...orchard, 'map.xml': '<Mapping />' }), ...changes };
  workspace = aWorkspace(['alm', 'packaging'], { files });
}

function build(): { status: number | null; errors: string; zips: string[] } {
  const program = join(workspace.folder, 'alm/build.ts');
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program], {
    cwd: workspace.folder,
    encoding: 'utf8',
  });
  const dist = join(workspace.folder, 'dist');
  return {
    status,
    errors: stderr,
    zips: existsSync(dist) ? readdirSync(dist).filter((name) => name.includes('zip')) : [],
  };
}

test('a product without mistakes is built', () => {
  aProduct();
  expect(build()).toEqual({ status: 0, errors: '', zips: ['Orchard_1_2_0_0.zip', 'Orchard_1_2_0_0_managed.zip'] });
});

test.each([
  [
    'a missing file',
    { 'solution/WebResources/ora_/box.js': undefined },
    "The web resource 'ora_/box.js' needs the file",
  ],
  [
    'malformed XML',
    { 'solution/Entities/ora_Box/Entity.xml': '<Entity>\n</Entiy>' },
    'Entity.xml is not well-formed XML: line 2',
  ],
  [
    'a broken script',
    { 'plugins-ts/account/index.ts': 'export const = 1;' },
    'plugins-ts/account/index.ts:1: Expected',
  ],
  [
    'a mapped file that is not built',
    { 'solution/map.xml': '<Mapping><FileToFile map="a" to="../b.js" /></Mapping>' },
    'Build it first.',
  ],
])('%s stops the build with one message and no zip', (_, changes: Tree, message) => {
  aProduct(changes);
  const { status, errors, zips } = build();
  expect(status).toBe(1);
  expect(errors).toContain(message);
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(zips).toEqual([]);
});

describe('controls', () => {
  const log: string[] = [];
  const run = () => {
    log.length = 0;
    return buildControls(workspace.folder, { clean: false, log: (text) => log.push(text) });
  };

  test('one with an error is named with file, line and compiler error; the others are built; mended, only it is built', async () => {
    const broken = aTinyControl('Broken');
    const index = 'controls/Broken/index.ts';
    workspace = aWorkspace([], { files: { ...broken, ...aTinyControl('Whole') } });
    workspace.write({ [index]: `${String(broken[index])}\nconst wrong: number = 'text';\n` });
    await expect(run()).rejects.toThrow(
      /^The control Broken could not be built:\n {2}index\.ts:\d+:7: TS2322: Type 'string' is not assignable to type 'number'\.$/,
    );
    expect(log).toEqual(['building control Broken', 'building control Whole']);

    workspace.write({ [index]: broken[index] });
    await run();
    expect(log).toEqual(['building control Broken']);
    await run();
    expect(log).toEqual([]);
  });

  test('a control that was built once and is broken now is no leftover of the build before', async () => {
    const control = aTinyControl('Bar');
    workspace = aWorkspace([], { files: control });
    await run();
    workspace.write({ 'controls/Bar/ControlManifest.Input.xml': '<manifest><control /></manifest>' });
    await expect(run()).rejects.toThrow(/^The control Bar could not be built:\n {2}Manifest validation problem/);
    await expect(run()).rejects.toThrow(/The control Bar/);
  });
});
