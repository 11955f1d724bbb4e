import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { service, type TestEmulator } from './emulator.ts';

export interface AppPage {
  readonly page: Page;
  /** Whatever a user would not see but an engineer should: errors of scripts and requests to other places. */
  readonly troubles: readonly string[];
  /** Opens a customer from the list, by its account number. */
  openCustomer(accountNumber: string): Promise<void>;
  address(side: 'Shipping' | 'Billing'): Locator;
  save(): Promise<void>;
  /** Waits for the header to tell the standing of the row. */
  standing(text: 'Saved' | 'Unsaved'): Promise<void>;
  close(): Promise<void>;
}

export interface AppPageOptions {
  readonly as?: string;
  readonly context?: Parameters<Browser['newContext']>[0];
  readonly theme?: 'light' | 'dark';
}

/** The app in a browser, used as a person uses it. */
export async function openApp(
  browser: Browser,
  emulator: Pick<TestEmulator, 'origin'>,
  options: AppPageOptions = {},
): Promise<AppPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    ...options.context,
  });
  await context.addInitScript(
    ([user, theme]) => {
      localStorage.setItem('user', user!);
      localStorage.setItem('theme', theme!);
    },
    [options.as ?? service, options.theme ?? 'light'],
  );
  const page = await context.newPage();
  const troubles = watch(context, page, emulator.origin);
  await page.goto(emulator.origin);
  return {
    page,
    troubles,
    async openCustomer(accountNumber) {
      const search = page.getByRole('searchbox', { name: 'Filter Accounts by keyword' });
      await search.fill(accountNumber);
      await search.press('Enter');
      await page.getByRole('gridcell', { name: accountNumber, exact: true }).waitFor();
      await page.locator('[role=gridcell] a').first().click();
      await page.getByRole('group', { name: 'Shipping address', exact: true }).waitFor();
    },
    address: (side) => page.getByRole('group', { name: `${side} address`, exact: true }),
    save: () => page.getByRole('menuitem', { name: 'Save', exact: true }).click(),
    standing: (text) => page.getByRole('heading', { level: 1 }).getByText(`- ${text}`, { exact: true }).waitFor(),
    close: () => context.close(),
  };
}

function watch(context: BrowserContext, page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob|about):/.test(request.url()))
      troubles.push(`request: ${request.url()}`);
  });
  return troubles;
}
