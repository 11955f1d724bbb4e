import { aDataverse } from '../../../../support/a-dataverse.ts';

test.each([
  ['a table of the platform', 'GET', 'audits?$top=1', "The table of the set 'audits'"],
  [
    'contacts of portals as users of finance and operations',
    'GET',
    'dyn_externalportalusermappings',
    "The table of the set 'dyn_externalportalusermappings'",
  ],
  ['in any letter case', 'GET', 'SdkMessages', "The table of the set 'SdkMessages'"],
  ['definitions as rows', 'GET', 'attributes?$top=1', "The table of the set 'attributes'"],
  ['a row of it', 'GET', 'opportunities(11111111-2222-3333-4444-555555555555)', "The table of the set 'opportunities'"],
  ['a function of the platform', 'GET', 'RetrieveTimestamp()', "The operation 'RetrieveTimestamp'"],
  ['an action of the platform', 'POST', 'QualifyLead', "The operation 'QualifyLead'"],
])('%s that is not here is refused by name', async (_, method, path, feature) => {
  const { call } = await aDataverse();
  const answer = await call(method, path);
  expect(answer.status).toBe(501);
  expect(answer.body.error.code).toBe('NotEmulated');
  expect(answer.body.error.message).toContain(`${feature} is not emulated.`);
});

test('what the platform does not have either is not found', async () => {
  const { call } = await aDataverse();
  for (const path of ['sheep', 'RetrieveSheep()', 'audit'])
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { error: { code: '0x8006088a' } } });
});
