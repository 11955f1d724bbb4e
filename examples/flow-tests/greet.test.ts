import definition from './definition.json';
import { connectorsFrom, runFlow } from '../../emulator/flow-runtime/index.ts';

const answer = (body: Record<string, string>) => async () => ({ statusCode: 200, headers: {}, body });

test('greets an account that has an address', async () => {
  const connectors = connectorsFrom({
    shared_commondataserviceforapps: { GetItem: answer({ name: 'Contoso', emailaddress1: 'hello@contoso.example' }) },
    shared_office365: { SendEmailV2: answer({}) },
  });
  const { status, actions } = await runFlow(definition, { trigger: { account: 'a' }, connectors });
  expect(status).toBe('Succeeded');
  expect(actions.find(({ name }) => name === 'Greet')).toMatchObject({
    inputs: { parameters: { 'emailMessage/Subject': 'Welcome, Contoso' } },
  });
});
