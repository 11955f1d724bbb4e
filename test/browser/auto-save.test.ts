/** Forms that save by themselves: half a minute after a change, and on the way to another page. */
import { houseInBrowser } from '../support/house-in-browser.ts';

const house = houseInBrowser();
const { dialog } = house;

const height = () => house.page.getByRole('textbox', { name: 'Height' });
const savedHeight = async (id: string) =>
  (await house.dataverse('GET', `ora_trees(${id})?$select=ora_height`)).body.ora_height;

async function openTree(name: string): Promise<string> {
  const path = `ora_trees?$select=ora_treeid&$filter=ora_name eq '${name}'`;
  const [{ ora_treeid: id }] = (await house.dataverse('GET', path)).body.value;
  await house.open(`pagetype=entityrecord&etn=ora_tree&id=${id}`, (page) => page.clock.install());
  await house.page.getByRole('heading', { level: 1, name }).waitFor();
  return id;
}

/** The user types and goes on to another column. */
async function type(text: string): Promise<void> {
  await height().fill(text);
  await house.page.getByRole('textbox', { name: 'Name' }).focus();
  await house.app.standing('Unsaved');
}

/** Scripts see every save, and may prevent it. */
async function watchSaves(isPrevented: boolean): Promise<() => Promise<number[]>> {
  await house.page.evaluate((prevented) => {
    const seen = ((window as unknown as { seen: number[] }).seen = [] as number[]);
    Xrm.Page.data.entity.addOnSave((context: Xrm.Events.SaveEventContext) => {
      const event = context.getEventArgs();
      seen.push(event.getSaveMode());
      if (prevented) event.preventDefault();
    });
  }, isPrevented);
  return () => house.page.evaluate(() => (window as unknown as { seen: number[] }).seen);
}

/** The answer to a save, which nobody presses a button for. */
const patched = () => house.page.waitForResponse((answer) => answer.request().method() === 'PATCH');

test('a change is saved after 30 seconds, as scripts are told, and what is being typed stays', async () => {
  const id = await openTree('Boskoop');
  const saves = await watchSaves(false);
  await type('210');
  await house.page.getByRole('textbox', { name: 'Name' }).fill('Boskoop the');
  await Promise.all([patched(), house.page.clock.fastForward(30_000)]);
  expect(await savedHeight(id)).toBe(210);
  expect(await saves()).toEqual([70]);
  await house.app.standing('Unsaved');
  expect(await house.page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Boskoop the');
  await height().focus();
  await Promise.all([patched(), house.page.clock.fastForward(30_000)]);
  await house.app.standing('Saved');
  await house.page.getByRole('heading', { level: 1, name: 'Boskoop the' }).waitFor();
});

test('on the way to another page a change is saved, as scripts know from Save & Close', async () => {
  const id = await openTree('Elstar');
  const saves = await watchSaves(false);
  await type('211');
  await house.page.getByRole('menuitem', { name: 'Go back' }).click();
  await house.page.getByRole('gridcell', { name: 'Elstar' }).waitFor();
  expect(await saves()).toEqual([2]);
  expect(await savedHeight(id)).toBe(211);
});

test('a script can prevent both; then the user is asked before anything is lost', async () => {
  const id = await openTree('Vranja');
  const saves = await watchSaves(true);
  const before = await savedHeight(id);
  await type('212');
  await house.page.clock.fastForward(30_000);
  await house.page.clock.fastForward(60_000);
  expect(await saves()).toEqual([70]);
  await house.page.getByRole('menuitem', { name: 'Go back' }).click();
  await dialog().getByText('Unsaved changes').waitFor();
  expect(await saves()).toEqual([70, 2]);
  await dialog().getByRole('button', { name: 'Discard changes' }).click();
  await house.page.getByRole('gridcell', { name: 'Vranja' }).waitFor();
  expect(await savedHeight(id)).toBe(before);
});

test('an environment can be set to leave saving to the user', async () => {
  const [{ organizationid }] = (await house.dataverse('GET', 'organizations')).body.value;
  const set = (isautosaveenabled: boolean) =>
    house.dataverse('PATCH', `organizations(${organizationid})`, { body: { isautosaveenabled } });
  await set(false);
  try {
    await openTree('Williams');
    expect(await house.page.evaluate(() => Xrm.Utility.getGlobalContext().organizationSettings.isAutoSaveEnabled)).toBe(
      false,
    );
    await type('213');
    await house.page.clock.fastForward(90_000);
    await house.app.standing('Unsaved');
    await house.page.getByRole('menuitem', { name: 'Go back' }).click();
    await dialog().getByText('Unsaved changes').waitFor();
    await dialog().getByRole('button', { name: 'Discard changes' }).click();
  } finally {
    await set(true);
  }
});
