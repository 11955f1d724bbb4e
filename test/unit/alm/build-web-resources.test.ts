import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { buildWebResources, scriptTables } from '../../../alm/build-web-resources.ts';
import type { Tree } from '../../support/unpacked-solution.ts';
import { aWorkspace, type Workspace } from '../../support/workspace.ts';

let workspace: Workspace | undefined;
afterEach(() => workspace?.remove());

async function build(files: Tree): Promise<string> {
  workspace = aWorkspace([], { files });
  await buildWebResources(workspace.folder, { log: () => {} });
  return workspace.folder;
}
const bundle = (folder: string, table: string) =>
  readFileSync(join(folder, 'dist/web-resources', `${table}.js`), 'utf8');

test('each table becomes one script whose exports are in the namespace of the product', async () => {
  const folder = await build({
    'plugins-ts/account/index.ts': "export { onLoad } from './form.ts';",
    'plugins-ts/account/form.ts':
      "import { hello } from '../shared/hello.ts';\nexport const onLoad = () => hello('account');",
    'plugins-ts/fno_creditlimitrequest/index.ts': "export const onLoad = () => 'request';",
    'plugins-ts/shared/hello.ts': 'export const hello = (name: string): string => `hello ${name}`;',
  });
  expect(scriptTables(folder)).toEqual(['account', 'fno_creditlimitrequest']);
  const page: { FnO?: Record<string, { onLoad(): string }> } = {};
  runInNewContext(bundle(folder, 'account'), page);
  runInNewContext(bundle(folder, 'fno_creditlimitrequest'), page);
  expect(page.FnO!['Account']!.onLoad()).toBe('hello account');
  expect(page.FnO!['Creditlimitrequest']!.onLoad()).toBe('request');
});

test('the script is readable, runs on ES2019 and names no folder of the machine', async () => {
  const folder = await build({
    'plugins-ts/account/index.ts':
      '/** Greets. */\nexport const onLoad = (form?: { name?: string }) => form?.name ?? "nobody";',
  });
  const script = bundle(folder, 'account');
  expect(script).toContain('onLoad = (form) =>');
  expect(script).not.toMatch(/\?\.|\?\?/);
  expect(script).not.toContain(folder);
});

test('an error is told with table, file and line', async () => {
  const building = build({ 'plugins-ts/account/index.ts': "\nexport { onLoad } from './gone.ts';" });
  await expect(building).rejects.toThrow(
    /The form scripts of account could not be bundled: plugins-ts\/account\/index\.ts:2: Could not resolve "\.\/gone\.ts"/,
  );
});
