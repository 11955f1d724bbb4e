import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aTable, aView, names } from '../../../../support/solution-builder.ts';

const viewId = '0ad00000-0000-4000-8000-0000000000e1';
const german = names('Tall trees').replace(
  '</LocalizedNames>',
  '<LocalizedName description="Hohe Bäume" languagecode="1031" /></LocalizedNames>',
);
const view = (labels: string) =>
  aView(viewId, '<entity name="ora_tree"><attribute name="ora_treeid" /></entity>').replace(names('Active'), labels);

let platform: TestDataverse;
const hans = 'hans@orchard.example';

beforeAll(async () => {
  platform = await aDataverse([aTable('ora_Tree', { views: view(german) })]);
  const id = platform.dataverse.addUser({ email: hans, fullName: 'Hans', roles: ['System Administrator'] });
  await platform.call('PATCH', `usersettingscollection(${id})`, { body: { uilanguageid: 1031 } });
}, 120_000);
afterAll(() => platform.close());

const nameFor = async (as?: string) =>
  (await platform.call('GET', `savedqueries(${viewId})?$select=name`, as === undefined ? {} : { as })).body.name;

test('components are called as the language of the user has it, English where there is no other', async () => {
  expect(await nameFor(hans)).toBe('Hohe Bäume');
  expect(await nameFor()).toBe('Tall trees');
  const { body } = await platform.call('GET', `savedqueries?$select=name&$filter=savedqueryid eq ${viewId}`, {
    as: hans,
  });
  expect(body.value.map((row: { name: string }) => row.name)).toEqual(['Hohe Bäume']);
});

test('an import that has no label in the language any more takes the old one away', async () => {
  await platform.import([aTable('ora_Tree', { views: view(names('Small trees')) })], { version: '1.0.0.1' });
  expect(await nameFor(hans)).toBe('Small trees');
});
