/** Several rows of a list edited at once. */
import { violationsOn } from '../support/axe.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

const house = houseInBrowser();
beforeEach(async () => {
  await house.open('pagetype=entitylist&etn=ora_tree');
  for (const name of ['Boskoop', 'Elstar'])
    await house.page
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('checkbox')
      .click();
  await house.page.getByRole('menuitem', { name: 'Edit' }).click();
  await panel().getByText('What you fill in here is written to every selected row').waitFor();
});

const panel = () => house.page.getByRole('dialog', { name: /^Edit 2 / });
interface Tree {
  readonly ora_name: string;
  readonly ora_height: number | null;
  readonly ora_kind: number | null;
}

async function trees(): Promise<Tree[]> {
  const path = 'ora_trees?$select=ora_name,ora_height,ora_kind&$orderby=ora_name';
  const { value } = (await house.dataverse('GET', path)).body as { value: Tree[] };
  return value.map(({ ora_name, ora_height, ora_kind }) => ({ ora_name, ora_height, ora_kind }));
}

test('what is filled in is written to each, and nothing else', async () => {
  const before = await trees();
  await panel().getByRole('textbox', { name: 'Height' }).fill('77');
  expect(await violationsOn(house.page, '[role=dialog]')).toEqual([]);
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
