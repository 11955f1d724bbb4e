import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference 3.6 and section 8, 24: Microsoft's "Subscribe to events in Dataverse" (the node Event Catalog of the
// Power Platform Explorer) and "Troubleshoot business events" (Rebuild business events catalog).
const event = 'SalesInvoicePostedBusinessEvent';
const action = `mserp_${event}`;
const other = 'CustomerPaymentPostedBusinessEvent';
let there: TestPlatform;

beforeAll(async () => {
  there = await aPlatform();
  await there.platform.events.addEndpoint({ name: 'one', type: 'Http', url: `${there.receiver}/one` });
  await there.quiet();
});
afterAll(() => there.close());
afterEach(async () => {
  for (const { callbackregistrationid: id } of (await there.dataverse('GET', 'callbackregistrations')).body.value)
    await there.dataverse('DELETE', `callbackregistrations(${id})`);
  for (const one of there.platform.events.activations()) if (one.endpoint === 'one') await change('delete', one.event);
  await there.quiet();
  there.received.length = 0;
});

const change = async (verb: string, id = event) => {
  await there.platform.events.change(verb, { event: id, endpoint: 'one' });
  await there.quiet();
};
const rows = async (path: string) => (await there.dataverse('GET', path)).body.value;
/** Unique names below the root; those of catalogs, and what is assigned to them by the kind of thing. */
async function tree(): Promise<Record<string, string[]>> {
  const [root] = await rows(
    "catalogs?$filter=uniquename eq 'mserp_FinanceAndOperations'&$expand=SubCatalogs($select=displayname)",
  );
  if (root === undefined) return {};
  expect(root).toMatchObject({ displayname: 'Finance and Operations', _parentcatalogid_value: null, ismanaged: true });
  const assignments = await rows(
    'catalogassignments?$select=name&$expand=CatalogId($select=displayname),EntityId($select=logicalname),CustomAPIId($select=uniquename),WorkflowId($select=name)',
  );
  const of = (category: string) =>
    assignments
      .filter((one: any) => one.CatalogId.displayname === category) // eslint-disable-line @typescript-eslint/no-explicit-any -- rows as they come
      .map((one: any) => one.EntityId?.logicalname ?? one.CustomAPIId.uniquename) // eslint-disable-line @typescript-eslint/no-explicit-any -- rows as they come
      .sort();
  const names = root.SubCatalogs.map(({ displayname }: { displayname: string }) => displayname);
  return Object.fromEntries(names.map((name: string) => [name, of(name)]));
}

describe('the catalog Finance and Operations', () => {
  it('has a category for each module, and in it the virtual tables that have been generated', async () => {
    const found = await tree();
    expect(found['Accounts receivable']).toContain('mserp_custcustomerv3entity');
    expect(found['Credit and collections']).toContain('mserp_credmanparametersentity');
    expect(JSON.stringify(found)).not.toContain('BusinessEvent');
    expect(JSON.stringify(found)).not.toContain('mserp_custcustomergroupentity');
  });

  it('gets a virtual table when it becomes visible', async () => {
    await there.platform.virtualTables.catalogue.show(['CustCustomerGroupEntity']);
    await there.quiet();
    expect((await tree())['Accounts receivable']).toContain('mserp_custcustomergroupentity');
  });

  it('holds the business events that are active, as custom APIs of no table', async () => {
    await change('activate');
    await change('activate', other);
    expect((await tree())['Accounts receivable']).toEqual(
      expect.arrayContaining([action, `mserp_${other}`, 'mserp_custcustomerv3entity']),
    );
    const [api] = await rows(
      `customapis?$filter=uniquename eq '${action}'&$expand=customapi_customapirequestparameter($select=uniquename)`,
    );
    expect(api).toMatchObject({
      displayname: 'Invoice is created from a sales order',
      bindingtype: 0,
      isfunction: false,
      allowedcustomprocessingsteptype: 1,
      ismanaged: true,
    });
    const names = api.customapi_customapirequestparameter.map((one: { uniquename: string }) => one.uniquename);
    const schema = there.platform.events.schema(event);
    expect(names.sort()).toEqual(Object.keys(schema).sort());
    const [solution] = await rows("solutions?$select=solutionid&$filter=uniquename eq 'MicrosoftOperationsERPVE'");
    const [member] = await rows(`solutioncomponents?$filter=objectid eq ${api.customapiid}`);
    expect(member._solutionid_value).toBe(solution.solutionid);
    expect((await there.dataverse('GET', '$metadata')).body).toContain(`<Action Name="${action}"`);
  });

  it('loses a business event that is deactivated, unless somebody in Dataverse has subscribed to it', async () => {
    await change('activate');
    await change('activate', other);
    const body = { name: 'a flow', message: 3, scope: 4, url: `${there.receiver}/flow`, sdkmessagename: action };
    expect((await there.dataverse('POST', 'callbackregistrations', { body })).status).toBe(204);
    await change('deactivate');
    await change('deactivate', other);
    const found = (await tree())['Accounts receivable'];
    expect(found).toContain(action);
    expect(found).not.toContain(`mserp_${other}`);
    const [{ callbackregistrationid: id }] = await rows('callbackregistrations');
    await there.dataverse('DELETE', `callbackregistrations(${id})`);
    await there.quiet();
    expect((await tree())['Accounts receivable']).not.toContain(action);
    expect(await rows(`customapis?$filter=uniquename eq '${action}'`)).toEqual([]);
    expect(await rows(`privileges?$filter=name eq 'prvExecute${action}'`)).toEqual([]);
  });

  it('hears of activations made over OData', async () => {
    const row = { BusinessEventsTable: event, LegalEntity: '', BusinessEventsEndpoint_Name: 'one' };
    expect((await there.financeOperations('POST', 'BusinessEventsConfigurations', { body: row })).status).toBe(201);
    await there.quiet();
    expect((await tree())['Accounts receivable']).toContain(action);
  });

  it('is brought back by Rebuild business events catalog, where something of it is missing', async () => {
    await change('activate');
    const { database } = there.platform;
    database.exec(`delete from catalogassignment`);
    database.exec(`delete from "fno$BusinessEventsCatalogEntity"`);
    expect((await tree())['Accounts receivable']).toEqual([]);
    expect((await there.financeOperations('GET', 'BusinessEventsCatalogs')).body.value).toEqual([]);
    await there.platform.financeOperations.command('rebuild-business-events-catalog', {});
    await there.quiet();
    expect((await tree())['Accounts receivable']).toEqual(
      expect.arrayContaining([action, 'mserp_custcustomerv3entity']),
    );
    expect((await there.financeOperations('GET', 'BusinessEventsCatalogs')).body.value).toHaveLength(
      there.platform.events.catalogue().businessEvents.length,
    );
  });

  it('is the solution’s own: nobody deletes parts of it', async () => {
    const [{ catalogid }] = await rows("catalogs?$filter=uniquename eq 'mserp_AccountsReceivable'");
    expect((await there.dataverse('DELETE', `catalogs(${catalogid})`)).body.error.code).toMatch(
      /0x8004F032|0x80040227/,
    );
  });

  it('goes with the link, and comes back with it', async () => {
    await change('activate');
    await there.platform.link.act('delete');
    await there.quiet();
    expect([await rows('catalogs'), await rows('catalogassignments')]).toEqual([[], []]);
    expect(await rows(`customapis?$filter=uniquename eq '${action}'`)).toEqual([]);
    await there.platform.link.act('start');
    there.platform.clock.advance(75 * 60_000);
    await there.quiet();
    expect((await tree())['Accounts receivable']).toEqual(
      expect.arrayContaining([action, 'mserp_custcustomerv3entity']),
    );
  });
});

// Section 2.10: privileges of each newly activated business event are added to Finance and Operations Basic User by themselves.
describe('the privilege to perform a business event', () => {
  const email = 'service@fnoconnect.example';
  const perform = () => there.dataverse('POST', action, { as: email, body: { InvoiceId: 'I9' } });
  const roleOf = async (verb: 'POST' | 'DELETE') => {
    const [{ systemuserid }] = await rows(`systemusers?$filter=internalemailaddress eq '${email}'`);
    const [{ roleid }] = await rows("roles?$filter=name eq 'Finance and Operations Basic User'");
    const path = `systemusers(${systemuserid})/systemuserroles_association`;
    const answer =
      verb === 'POST'
        ? await there.dataverse('POST', `${path}/$ref`, { body: { '@odata.id': `roles(${roleid})` } })
        : await there.dataverse('DELETE', `${path}(${roleid})/$ref`);
    expect(answer.status).toBe(204);
  };

  it('is had by who has the role, from the moment of activation', async () => {
    await change('activate');
    const body = { name: 'a flow', message: 3, scope: 4, url: `${there.receiver}/flow`, sdkmessagename: action };
    await there.dataverse('POST', 'callbackregistrations', { body });
    const roles = async () =>
      (
        await rows(
          `systemusers?$filter=internalemailaddress eq '${email}'&$expand=systemuserroles_association($select=name)`,
        )
      )[0].systemuserroles_association.map(({ name }: { name: string }) => name);
    const hasRole = (await roles()).includes('Finance and Operations Basic User');
    if (hasRole) await roleOf('DELETE');
    const refused = await perform();
    expect([refused.status, refused.body.error.message]).toEqual([403, expect.stringContaining(`prvExecute${action}`)]);
    await roleOf('POST');
    expect((await perform()).status).toBe(204);
    await there.quiet();
    expect(there.received.map(({ path, body: told }) => [path, told.InputParameters])).toEqual([
      ['/flow', { InvoiceId: 'I9' }],
    ]);
    if (!hasRole) await roleOf('DELETE');
  });
});
