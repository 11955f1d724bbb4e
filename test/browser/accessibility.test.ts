/** Every page by the rules of axe-core (WCAG 2.1 A and AA), in light and dark. */
import type { Browser } from 'playwright-core';
import { openApp, type AppPage } from '../support/app-page.ts';
import { violationsOn } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
afterEach(() => app.close());

const violations = () => violationsOn(app.page);

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  beforeEach(async () => void (app = await openApp(browser, emulator, { theme })));

  test('a list', async () => {
    await app.page.getByRole('gridcell', { name: 'US-001' }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('a form, saved and unsaved', async () => {
    await app.openCustomer('US-001');
    await app.page.getByText('In step with finance and operations').waitFor();
    expect(await violations()).toEqual([]);
    await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
    await app.standing('Unsaved');
    expect(await violations()).toEqual([]);
  });

  test('a new row with what is missing told', async () => {
    await app.close();
    app = await openApp(browser, emulator, { theme, as: admin });
    await app.page.getByRole('gridcell', { name: 'US-001' }).waitFor();
    await app.page.getByRole('menuitem', { name: 'New' }).click();
    await app.save();
    await app.page.getByText('Required fields must be filled in').first().waitFor();
    expect(await violations()).toEqual([]);
  });

  test.each([
    ['link', 'Environment link'],
    ['virtual-tables', 'Virtual tables'],
    ['events', 'Events'],
  ])('integration centre: %s', async (path, heading) => {
    await app.page.goto(`${emulator.origin}/integration-centre/${path}`);
    await app.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('a bar too narrow for its commands', async () => {
    await app.close();
    app = await openApp(browser, emulator, { theme, as: admin });
    await app.openCustomer('US-001');
    await app.page.setViewportSize({ width: 480, height: 900 });
    await app.page.getByRole('menuitem', { name: 'More: Account commands' }).click();
    await app.page.getByRole('menu').getByRole('menuitem', { name: 'Refresh' }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('runs of flows', async () => {
    await app.page.goto(`${emulator.origin}/integration-centre/flow-runs`);
    await app.page.getByRole('heading', { name: 'Flow runs' }).waitFor();
    expect(await violations()).toEqual([]);
  });
});
