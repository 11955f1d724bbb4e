import type { Locator } from 'playwright-core';

/**
 * Types into a lookup, and chooses the first row that is found. The list of all rows stands there before, and goes when that
 * of the text comes: a click meanwhile would be lost.
 */
export async function chooseRow(lookup: Locator, text: string): Promise<void> {
  const page = lookup.page();
  const found = page.waitForResponse((answer) => decodeURIComponent(answer.url()).includes(`${text}%`));
  await lookup.fill(text);
  await found;
  const options = page.getByRole('option');
  await options.filter({ hasNotText: text }).first().waitFor({ state: 'detached' });
  await options.filter({ hasText: text }).first().click();
  // The name of the row stands in its place.
  await lookup.waitFor({ state: 'detached' });
}
