import type { Browser, Page } from 'playwright-core';
import { openApp, type AppPage } from './app-page.ts';
import { launchBrowser } from './browser.ts';
import { admin, startTestEmulator, type TestEmulator } from './emulator.ts';
import { openPackHouse } from './pack-house.ts';

/**
 * The app of the pack house in a browser, for a file of tests: one emulator and one browser for all of them, a page for
 * each. A page that met an error of a script, or asked another place for something, fails its test.
 */
export function houseInBrowser() {
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
  afterEach(async () => {
    expect(app.troubles).toEqual([]);
    await app.close();
  });
  const dataverse: TestEmulator['dataverse'] = (method, path, options) =>
    emulator.dataverse(method, path, { as: admin, ...options });
  return {
    get app(): AppPage {
      return app;
    },
    get page(): Page {
      return app.page;
    },
    /** Opens a page of the app, by the query of its address; `before` may prepare the browser's page. */
    async open(query: string, before?: (page: Page) => Promise<void>): Promise<void> {
      app = await openApp(browser, emulator, { as: admin });
      await before?.(app.page);
      await app.page.goto(`${emulator.origin}/main.aspx?appname=ora_PackHouse&${query}`);
    },
    /** Asks Dataverse as the administrator. */
    dataverse,
    /** Rows of a query, asked as the administrator. */
    rows: async (path: string) => (await dataverse('GET', path)).body.value,
    /** Any dialog; those that block the page are alerts. */
    dialog: () => app.page.locator('[role=dialog], [role=alertdialog]'),
  };
}
