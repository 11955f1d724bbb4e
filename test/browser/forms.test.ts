/** What forms show besides columns: timeline, quick views, pages; quick create; rows that are inactive; cases. */
import { chooseRow } from '../support/choose-row.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

const house = houseInBrowser();
const { rows, dialog } = house;

async function open(query: string): Promise<void> {
  await house.open(`pagetype=entityrecord&${query}`);
}

async function openTree(name: string): Promise<string> {
  const [{ ora_treeid: id }] = await rows(`ora_trees?$select=ora_treeid&$filter=ora_name eq '${name}'`);
  await open(`etn=ora_tree&id=${id}`);
  await house.page.getByRole('heading', { level: 1, name }).waitFor();
  return id;
}

test('a note is written, changed and taken away in the timeline, and its HTML stays text', async () => {
  const id = await openTree('Boskoop');
  await house.page.getByRole('button', { name: 'Enter a note...' }).click();
  await house.page.getByRole('textbox', { name: 'Title' }).fill('Pruned');
  await house.page
    .getByRole('textbox', { name: 'Text of the note' })
    .fill('<img src=x onerror="alert(1)">Twigs & wood');
  await house.page.locator('input[type=file]').setInputFiles({
    name: 'bill.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('12 EUR'),
  });
  await house.page.getByRole('button', { name: 'Add note' }).click();
  const note = house.page.getByRole('article', { name: 'Note: Pruned' });
  await note.getByText('Twigs & wood').waitFor();
  expect(await note.locator('img').count()).toBe(0);
  const [saved] = await rows(`annotations?$filter=_objectid_value eq ${id}`);
  expect(saved).toMatchObject({ subject: 'Pruned', filename: 'bill.txt', isdocument: true });
  expect(Buffer.from(saved.documentbody, 'base64').toString()).toBe('12 EUR');
  const [file] = await Promise.all([
    house.page.waitForEvent('download'),
    note.getByRole('button', { name: 'Download bill.txt' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('bill.txt');

  await note.getByRole('button', { name: 'Edit note: Pruned' }).click();
  await house.page.getByRole('textbox', { name: 'Title' }).fill('Pruned well');
  await house.page.getByRole('button', { name: 'Save note' }).click();
  await house.page.getByRole('button', { name: 'Delete: Pruned well' }).click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await house.page.getByText('Capture and manage all records in your timeline.').waitFor();
  expect(await rows(`annotations?$filter=_objectid_value eq ${id}`)).toEqual([]);
});

test('an activity is made by quick create, regarding the row, and marked complete', async () => {
  const id = await openTree('Elstar');
  await house.page.getByRole('button', { name: 'Create a timeline record' }).click();
  await house.page.getByRole('menuitem', { name: 'Phone Call' }).click();
  const quick = house.page.locator('.quick-create');
  await quick.getByLabel('Subject').waitFor();
  await house.page.getByRole('button', { name: 'Save & Close' }).click();
  await quick.getByText('Subject : Required fields must be filled in.').waitFor();
  await quick.getByLabel('Subject').fill('Asked for apples');
  await house.page.getByRole('button', { name: 'Save & Close' }).click();
  const call = house.page.getByRole('article', { name: 'Phone Call: Asked for apples' });
  await call.getByText('Open', { exact: true }).waitFor();
  expect(await rows('phonecalls?$select=_regardingobjectid_value')).toMatchObject([{ _regardingobjectid_value: id }]);
  await call.getByRole('button', { name: 'Mark complete: Asked for apples' }).click();
  await call.getByText('Completed', { exact: true }).waitFor();
  await call.getByRole('link', { name: 'Asked for apples' }).click();
  await house.page.getByText('Read-only This record’s status: Completed').waitFor();
});

test('a quick view shows the row a lookup points at, and follows it', async () => {
  await openTree('Boskoop');
  const view = house.page.getByRole('group', { name: 'About the customer' });
  await view.getByText('Seattle').waitFor();
  await house.page.getByRole('button', { name: /^Delete .* from Customer$/ }).click();
  await view.waitFor({ state: 'detached' });
});

test('a page on the form is handed the row; hidden tabs and sections are not there', async () => {
  const id = await openTree('Boskoop');
  expect(await house.page.getByRole('tab').allInnerTexts()).toEqual(['Tree', 'More']);
  await house.page.getByRole('tab', { name: 'More' }).click();
  const source = await house.page
    .frameLocator('iframe[name=page]')
    .locator('html')
    .evaluate(() => location.href);
  const given = new URL(source);
  expect(given.pathname).toBe('/WebResources/ora_/page.html');
  expect(given.searchParams.get('id')).toBe(`{${id.toUpperCase()}}`);
  expect(given.searchParams.get('typename')).toBe('ora_tree');
  expect(await house.page.getByText('Hidden').count()).toBe(0);
});

test('a deactivated row is read-only until it is activated again', async () => {
  const id = await openTree('Vranja');
  await house.page.getByRole('menuitem', { name: 'Deactivate' }).click();
  await dialog().getByRole('button', { name: 'Deactivate' }).click();
  await house.page.getByText('Read-only This record’s status: Inactive').waitFor();
  expect(await house.page.getByRole('textbox', { name: 'Name' }).count()).toBe(0);
  expect(await house.page.getByRole('menuitem', { name: 'Save', exact: true }).count()).toBe(0);
  await house.page.getByRole('menuitem', { name: 'Activate', exact: true }).click();
  await dialog().getByRole('button', { name: 'Activate' }).click();
  await house.page.getByRole('textbox', { name: 'Name' }).waitFor();
  const [row] = await rows(`ora_trees?$select=statecode,statuscode&$filter=ora_treeid eq ${id}`);
  expect(row).toMatchObject({ statecode: 0, statuscode: 1 });
});

test('a row is given to a team', async () => {
  const id = await openTree('Williams');
  await house.page.getByRole('menuitem', { name: 'Assign' }).click();
  await dialog().getByRole('radio', { name: 'User or team' }).check();
  await dialog().getByRole('button', { name: 'Assign' }).click();
  await dialog().getByText('Choose a user or a team.').waitFor();
  await chooseRow(dialog().getByLabel('User or team, Lookup'), 'Sales team');
  await Promise.all([
    house.page.waitForResponse((answer) => answer.request().method() === 'PATCH'),
    dialog().getByRole('button', { name: 'Assign' }).click(),
  ]);
  const [row] = await rows(`ora_trees?$select=_owningteam_value&$filter=ora_treeid eq ${id}`);
  expect(row._owningteam_value).toMatch(/^[0-9a-f-]{36}$/);
});

test('a new row begins with the values of its address', async () => {
  const [{ accountid: id, name }] = await rows("accounts?$select=accountid,name&$filter=accountnumber eq 'US-001'");
  const values = new URLSearchParams({
    ora_name: 'Jonagold',
    ora_height: '12',
    ora_accountid: `{${id}}`,
    ora_accountidname: name,
    ora_accountidtype: 'account',
  });
  await open(`etn=ora_tree&extraqs=${encodeURIComponent(values.toString())}`);
  await house.page.getByRole('link', { name }).waitFor();
  await house.app.save();
  await house.app.standing('Saved');
  const [row] = await rows("ora_trees?$select=ora_height,_ora_accountid_value&$filter=ora_name eq 'Jonagold'");
  expect(row).toMatchObject({ ora_height: 12, _ora_accountid_value: id });
});

test('a case is resolved with a resolution, and reactivated', async () => {
  const [{ accountid }] = await rows("accounts?$select=accountid&$filter=accountnumber eq 'US-001'");
  const made = await house.dataverse('POST', 'incidents', {
    body: { title: 'Fewer apples than ordered', 'customerid_account@odata.bind': `/accounts(${accountid})` },
  });
  expect(made.status).toBe(204);
  const [{ incidentid }] = await rows('incidents?$select=incidentid');
  await open(`etn=incident&id=${incidentid}`);
  await house.page.getByRole('menuitem', { name: 'Resolve Case' }).click();
  await dialog().getByRole('button', { name: 'Resolve' }).click();
  await dialog().getByText('Enter how the case was resolved.').waitFor();
  await dialog().getByRole('textbox', { name: 'Resolution' }).fill('Sent the rest');
  await dialog().getByRole('button', { name: 'Resolve' }).click();
  await house.page.getByText('Read-only This record’s status: Resolved').waitFor();
  expect(await rows('incidentresolutions?$select=subject')).toMatchObject([{ subject: 'Sent the rest' }]);
  await house.page.getByRole('menuitem', { name: 'Reactivate Case' }).click();
  await dialog().getByRole('button', { name: 'Reactivate Case' }).click();
  await house.page.getByRole('menuitem', { name: 'Resolve Case' }).waitFor();
});
