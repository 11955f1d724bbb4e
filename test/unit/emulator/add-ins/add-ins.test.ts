import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());

const act = async (name: string, verb: string, configuration: object = {}) => {
  await there.platform.addIns.act(name, verb, { ...configuration });
  await there.quiet();
};
const installation = async (uniqueName: string) =>
  (await there.platform.addIns.list()).value.find((one) => one.uniqueName === uniqueName)!.installation;
const rows = async (path: string) => (await there.dataverse('GET', path)).body.value as Record<string, unknown>[];

describe('an add-in', () => {
  const name = 'VirtualTableStarter';

  it('is installed with its configuration, which stands in Dataverse, and does what it is for', async () => {
    expect(await installation(name)).toBeNull();
    const answer = await there.platform.addIns.act(name, 'install', { entities: 'CurrencyEntity, OMLegalEntity' });
    expect(answer).toMatchObject({ state: 'Installing' });
    await expect(there.platform.addIns.act(name, 'uninstall', {})).rejects.toThrow('is Installing');
    await there.quiet();
    expect(await installation(name)).toMatchObject({ state: 'Installed', message: null });
    const [row] = await rows(`addin_installations?$filter=addin_uniquename eq '${name}'`);
    expect(JSON.parse(String(row!['addin_configuration']))).toEqual({ entities: 'CurrencyEntity, OMLegalEntity' });
    expect(await rows('mserp_omlegalentities?$select=mserp_legalentityid')).toHaveLength(2);
  });

  it('fails in words when it cannot do it, and is configured again', async () => {
    await act(name, 'configure', { entities: 'NothingEntity' });
    expect(await installation(name)).toMatchObject({
      state: 'Failed',
      message: "There is no data entity 'NothingEntity'.",
    });
    await act(name, 'configure', { entities: 'CurrencyEntity' });
    expect(await installation(name)).toMatchObject({ state: 'Installed', message: null });
  });

  it.each([
    ['install', {}, 'is Installed'],
    ['configure', { colour: 'red' }, "no setting 'colour'"],
    ['configure', { entities: 7 }, 'is a text'],
    ['paint', {}, 'none of install'],
  ])('refuses to %s %j', async (verb, configuration, words) => {
    await expect(there.platform.addIns.act(name, verb, { ...configuration })).rejects.toThrow(words);
  });

  it('is uninstalled, and its row with it', async () => {
    await act(name, 'uninstall');
    expect(await rows('addin_installations')).toEqual([]);
    await expect(there.platform.addIns.act(name, 'configure', {})).rejects.toThrow('is not installed');
    await expect(there.platform.addIns.act('Other', 'install', {})).rejects.toThrow("no add-in 'Other'");
  });
});

describe('the customer credit snapshot', () => {
  const name = 'CustomerCreditSnapshot';
  const credits = 'addin_customercredits?$orderby=addin_name';
  const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";

  it('copies the limits of the companies it is configured for into a table it brings', async () => {
    expect((await there.dataverse('GET', credits)).status).toBe(404);
    await act(name, 'install', { legalEntities: 'usmf' });
    expect(await installation(name)).toMatchObject({ state: 'Installed' });
    const there1 = (await there.financeOperations('GET', customer)).body;
    const kept = await rows(credits);
    expect(kept.every((row) => row['addin_company'] === 'usmf')).toBe(true);
    expect(kept.find((row) => row['addin_customeraccount'] === 'US-001')).toMatchObject({
      addin_name: 'usmf|US-001',
      addin_creditlimit: there1.CreditLimit,
      addin_currency: 'USD',
    });
  });

  it('keeps them in step by data events', async () => {
    await there.financeOperations('PATCH', customer, { body: { CreditLimit: 6543 } });
    await there.quiet();
    const [row] = await rows("addin_customercredits?$filter=addin_customeraccount eq 'US-001'");
    expect(row!['addin_creditlimit']).toBe(6543);
  });

  it('follows a changed configuration', async () => {
    await act(name, 'configure', { legalEntities: 'demf' });
    expect((await rows(credits)).map((row) => row['addin_company'])).toEqual(['demf']);
  });

  it('takes its table along, and hears of nothing any more', async () => {
    await act(name, 'uninstall');
    expect((await there.dataverse('GET', credits)).status).toBe(404);
    expect(there.platform.dataverse.listensTo('OnExternalUpdated', 'mserp_custcustomerv3entity')).toBe(false);
  });
});
