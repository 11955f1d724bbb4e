import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';

let environment: TestDataverse;
beforeAll(async () => void (environment = await aDataverse()));
afterAll(() => environment.close());

test('the platform’s own solution cannot be uninstalled', async () => {
  const solutions = () => environment.call('GET', 'solutions?$select=uniquename');
  const before = await solutions();
  const answer = await environment.call('DELETE', `solutions(${before.body.value[0].solutionid})`);
  expect(answer.refusal).toBe('400 0x8004F01D');
  expect((await solutions()).body.value).toEqual(before.body.value);
});

test.each(['ConvertToManaged'])('an import with %s is refused', async (name) => {
  const answer = await environment.call('POST', 'ImportSolution', {
    body: { CustomizationFile: 'AA==', [name]: true },
  });
  expect(answer.refusal).toBe('501 NotEmulated');
  expect(answer.text).toContain(`ImportSolution with ${name} is not emulated.`);
});
