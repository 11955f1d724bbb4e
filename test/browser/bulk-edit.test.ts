/** Several rows of a list edited at once. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { openPackHouse } from '../support/pack-house.ts';

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
  await openPackHouse(emulator);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(async () => {
  app = await openApp(browser, emulator, { as: admin });
  await app.page.goto(`${emulator.origin}/main.aspx?appname=ora_PackHouse&pagetype=entitylist&etn=ora_tree`);
  for (const name of ['Boskoop', 'Elstar'])
    await app.page
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('checkbox')
      .click();
  await app.page.getByRole('menuitem', { name: 'Edit' }).click();
  await panel().getByText('What you fill in here is written to every selected row').waitFor();
});
afterEach(async () => {
  expect(app.troubles).toEqual([]);
  await app.close();
});

const panel = () => app.page.getByRole('dialog', { name: /^Edit 2 / });
interface Tree {
  readonly ora_name: string;
  readonly ora_height: number | null;
  readonly ora_kind: number | null;
}

async function trees(): Promise<Tree[]> {
  const path = 'ora_trees?$select=ora_name,ora_height,ora_kind&$orderby=ora_name';
  const { value } = (await emulator.dataverse('GET', path, { as: admin })).body as { value: Tree[] };
  return value.map(({ ora_name, ora_height, ora_kind }) => ({ ora_name, ora_height, ora_kind }));
}

test('what is filled in is written to each, and nothing else', async () => {
  const before = await trees();
  await panel().getByRole('textbox', { name: 'Height' }).fill('77');
  expect(await violationsOn(app.page, '[role=dialog]')).toEqual([]);
  await panel().getByRole('button', { name: 'Save' }).click();
  await panel().waitFor({ state: 'detached' });
  const marked = ['Boskoop', 'Elstar'];
  const after = before.map((tree) => (marked.includes(tree.ora_name) ? { ...tree, ora_height: 77 } : tree));
  expect(await trees()).toEqual(after);
});

test('nothing filled in is said; what is left by Cancel changes nothing', async () => {
  const before = await trees();
  await panel().getByRole('button', { name: 'Save' }).click();
  await panel().getByText('Fill in at least one column.').waitFor();
  await panel().getByRole('textbox', { name: 'Height' }).fill('88');
  await panel().getByRole('button', { name: 'Cancel' }).click();
  await panel().waitFor({ state: 'detached' });
  expect((await trees()).map(({ ora_height }) => ora_height)).toEqual(before.map(({ ora_height }) => ora_height));
});
