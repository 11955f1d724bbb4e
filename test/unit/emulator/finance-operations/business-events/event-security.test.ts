import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference 3.7; Microsoft's "Business events overview", section "Role-based security for business events".
let there: TestFinanceOperations;
const clerk = 'clerk@contoso.example';
const role = 'Accounts receivable clerk';
const posted = 'SalesInvoicePostedBusinessEvent';
const paid = 'CustomerPaymentPostedBusinessEvent';

beforeEach(async () => {
  there = await aFinanceOperations();
  await command('add-user', { email: clerk, defaultCompany: 'usmf', companies: ['usmf'], roles: [role] });
});
afterEach(() => there.close());

const command = (name: string, parameters: object) =>
  there.service.command(name, parameters as Record<string, unknown>);
const grant = (privilege: string) => command('grant-role-privilege', { role, privilege });
const asClerk = (method: string, path: string, body?: object) => there.call(method, path, body, { as: clerk });
const refusal = async (answer: ReturnType<typeof asClerk>) => {
  const { status, body } = await answer;
  return [status, body?.error.innererror?.message ?? body?.error.message];
};
const missing = (privilege: string) => [403, expect.stringContaining(`the privilege '${privilege}'`)];
const keyVault = { AzureAppId: 'a', DecryptedAzureAppSecret: 's', KeyVaultDnsName: 'v', KeyVaultSecretName: 'n' };
const queue = { Name: 'bus', Type: 'AzureServiceBusQueue', ServiceBusQueueName: 'q', ...keyVault };
const activation = { BusinessEventsTable: posted, LegalEntity: 'usmf', BusinessEventsEndpoint_Name: 'bus' };

describe('privileges, which an administrator has and other roles are given', () => {
  test('BusinessEventsCatalogView: to view the catalogue', async () => {
    expect(await refusal(asClerk('GET', 'BusinessEventsCatalogs'))).toEqual(missing('BusinessEventsCatalogView'));
    await grant('BusinessEventsCatalogView');
    expect((await asClerk('GET', 'BusinessEventsCatalogs')).body.value.length).toBeGreaterThan(3);
    await command('revoke-role-privilege', { role, privilege: 'BusinessEventsCatalogView' });
    expect((await asClerk('GET', `BusinessEventsCatalogs('${posted}')`)).status).toBe(403);
  });

  test('BusinessEventsCatalogMaintain: to activate events', async () => {
    await there.call('POST', 'BusinessEventsEndpoints', queue);
    await grant('BusinessEventsCatalogView');
    const activate = () => asClerk('POST', 'BusinessEventsConfigurations', activation);
    expect(await refusal(activate())).toEqual(missing('BusinessEventsCatalogMaintain'));
    await grant('BusinessEventsCatalogMaintain');
    expect((await activate()).status).toBe(201);
  });

  test.each(['Business events security privilege', 'Business events security duty'])(
    '%s: to create and manage endpoints',
    async (privilege) => {
      await grant('BusinessEventsCatalogMaintain');
      const make = () => asClerk('POST', 'BusinessEventsEndpoints', queue);
      expect(await refusal(make())).toEqual(missing('Business events security privilege'));
      await grant(privilege);
      expect((await make()).status).toBe(201);
    },
  );

  test('BusinessEventsCatalogSecuritySetupView: to view the set-up of security', async () => {
    const view = () => there.service.businessEventSetup.securityOf(clerk).require('viewSecurity');
    expect(view).toThrow("the privilege 'BusinessEventsCatalogSecuritySetupView'");
    await grant('BusinessEventsCatalogSecuritySetupView');
    expect(view).not.toThrow();
  });

  test('Maintain business events catalog security: to map events to roles, and to enable it', async () => {
    const run = (name: string, parameters: object) =>
      there.service.command(name, parameters as Record<string, unknown>, clerk);
    const commands: [string, object][] = [
      ['map-business-event-roles', { event: posted, roles: [role] }],
      ['turn-business-events-security', { enabled: false }],
    ];
    for (const [name, parameters] of commands)
      await expect(run(name, parameters)).rejects.toThrow("the privilege 'Maintain business events catalog security'");
    await grant('Maintain business events catalog security');
    for (const [name, parameters] of commands) await run(name, parameters);
  });
});

describe('events by role', () => {
  const seen = async () =>
    (await asClerk('GET', 'BusinessEventsCatalogs')).body.value.map((row: any) => row.BusinessEventId); // eslint-disable-line @typescript-eslint/no-explicit-any -- rows as they come
  const listed = async () => {
    const path = 'BusinessEventsCatalogs/Microsoft.Dynamics.DataEntities.getBusinessEventsCatalog';
    return (await asClerk('POST', path, { _businessEventsCategory: '' })).body.value.map(
      (row: any) => row.BusinessEventId, // eslint-disable-line @typescript-eslint/no-explicit-any -- rows as they come
    );
  };
  const enforce = async () => {
    await command('turn-business-events-security-feature', { enabled: true });
    await command('turn-business-events-security', { enabled: true });
  };
  beforeEach(() => grant('BusinessEventsCatalogView'));

  test('the feature changes nothing by itself; security is enabled in the catalogue, which needs the feature', async () => {
    await expect(command('turn-business-events-security', { enabled: true })).rejects.toThrow(
      "The feature 'Business events catalog security' is off.",
    );
    const all = (await seen()).length;
    await command('turn-business-events-security-feature', { enabled: true });
    expect(await seen()).toHaveLength(all);
    await command('turn-business-events-security', { enabled: true });
    expect(await seen()).toEqual([]);
    await command('turn-business-events-security-feature', { enabled: false });
    expect(await seen()).toHaveLength(all);
  });

  test('then others than administrators see what is mapped to their roles', async () => {
    await enforce();
    await command('map-business-event-roles', { event: posted, roles: [role, 'Sales representative'] });
    expect(await seen()).toEqual([posted]);
    expect(await listed()).toEqual([posted]);
    expect((await asClerk('GET', `BusinessEventsCatalogs('${posted}')`)).status).toBe(200);
    expect((await asClerk('GET', `BusinessEventsCatalogs('${paid}')`)).status).toBe(403);
    expect((await there.rows('BusinessEventsCatalogs')).length).toBeGreaterThan(3);
    await command('map-business-event-roles', { event: posted, roles: [] });
    expect(await seen()).toEqual([]);
  });

  test('and neither read nor activate any other', async () => {
    await there.call('POST', 'BusinessEventsEndpoints', queue);
    await there.call('POST', 'BusinessEventsConfigurations', activation);
    await grant('BusinessEventsCatalogMaintain');
    await enforce();
    const rows = async () => (await asClerk('GET', 'BusinessEventsConfigurations')).body.value;
    expect(await rows()).toEqual([]);
    const other = { ...activation, BusinessEventsTable: paid };
    expect(await refusal(asClerk('POST', 'BusinessEventsConfigurations', other))).toEqual([
      403,
      expect.stringContaining(`the business event '${paid}' is mapped to none of your security roles`),
    ]);
    await command('map-business-event-roles', { event: posted, roles: [role] });
    expect(await rows()).toHaveLength(1);
  });

  test('a subscription from a service needs its privilege, the event, and a company of the user', async () => {
    const subscribe = (event: string, legalEntity: string) => () =>
      there.service.businessEventSetup.securityOf(clerk).requireSubscription(event, legalEntity);
    expect(subscribe(posted, '')).toThrow("the privilege 'Subscribe to business events from service'");
    await grant('Subscribe to business events from service');
    expect(subscribe(posted, '')).not.toThrow();
    await enforce();
    expect(subscribe(posted, 'usmf')).toThrow('mapped to none of your security roles');
    await command('map-business-event-roles', { event: posted, roles: [role] });
    expect(subscribe(posted, 'usmf')).not.toThrow();
    expect(subscribe(posted, 'demf')).toThrow("the legal entity 'demf'");
    expect(subscribe(posted, '')).toThrow('hold for the legal entities usmf only');
    expect(() => there.service.businessEventSetup.securityOf(undefined).requireSubscription(paid, '')).not.toThrow();
  });
});
