/** Charts, timelines, quick create and dialogs by the rules of axe-core (WCAG 2.1 A and AA), in light and dark. */
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
afterEach(() => app.close());

const violations = () => violationsOn(app.page);

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  /** What the app of another solution shows, as somebody who may do everything. */
  async function openTrees(query: string): Promise<void> {
    app = await openApp(browser, emulator, { theme, as: admin });
    await app.page.goto(`${emulator.origin}/main.aspx?appname=ora_PackHouse&${query}`);
  }

  test.each(['Trees by kind', 'Kinds by customer', 'Pie of kinds', 'Funnel of customers'])(
    'a chart beside a list: %s',
    async (chart) => {
      await openTrees('pagetype=entitylist&etn=ora_tree');
      await app.page.getByRole('menuitem', { name: 'Show Chart' }).click();
      await app.page.getByRole('combobox', { name: 'Select a chart' }).click();
      await app.page.getByRole('option', { name: chart, exact: true }).click();
      await app.page.locator('svg [role=button]').first().click();
      await app.page.getByText('View as table').click();
      expect(await violations()).toEqual([]);
    },
  );

  test('a form with a timeline, a note that is written, a quick create form, and dialogs', async () => {
    const { body } = await emulator.dataverse('GET', 'ora_trees?$top=1&$orderby=ora_name', { as: admin });
    await openTrees(`pagetype=entityrecord&etn=ora_tree&id=${body.value[0].ora_treeid}`);
    await app.page.getByRole('button', { name: 'Enter a note...' }).click();
    await app.page.getByRole('textbox', { name: 'Text of the note' }).fill('Pruned');
    expect(await violations()).toEqual([]);
    await app.page.getByRole('button', { name: 'Add note' }).click();
    await app.page.getByRole('article', { name: 'Note: Pruned' }).first().waitFor();
    expect(await violations()).toEqual([]);
    for (const command of ['Deactivate', 'Assign']) {
      await app.page.getByRole('menuitem', { name: command }).click();
      const dialog = app.page.locator('[role=dialog], [role=alertdialog]');
      await dialog.getByRole('button', { name: command }).waitFor();
      expect(await violations()).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    }
    await app.page.getByRole('button', { name: 'Create a timeline record' }).click();
    await app.page.getByRole('menuitem', { name: 'Phone Call' }).click();
    await app.page.locator('.quick-create').getByLabel('Subject').waitFor();
    expect(await violations()).toEqual([]);
  });
});
