/** The npm package `dynamics-web-api`, unmodified, as a client: each of its kinds of request. */
import { DynamicsWebApi } from 'dynamics-web-api';
import { admin, norole, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

let emulator: TestEmulator;
let api: DynamicsWebApi;
const created: string[] = [];

const connect = (user: string, more: object = {}) =>
  new DynamicsWebApi({
    serverUrl: `${emulator.origin}/`,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => user,
    ...more,
  });

beforeAll(async () => {
  emulator = await startTestEmulator();
  api = connect(admin);
}, 300_000);
afterAll(() => emulator?.stop());

const contact = (lastname: string, more: object = {}) => ({ firstname: 'Client', lastname, ...more });
async function newContact(lastname: string, more: object = {}): Promise<string> {
  const id = await api.create({ collection: 'contacts', data: contact(lastname, more) });
  created.push(String(id));
  return String(id);
}

/** What the client throws when the service refuses. */
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { status: number; code: string; message: string }) => error,
  );

describe('rows', () => {
  test('create answers the id, or the row where it is asked for', async () => {
    expect(await newContact('Plain')).toMatch(/^[0-9a-f-]{36}$/);
    const row = await api.create({
      collection: 'contacts',
      data: contact('Shown'),
      returnRepresentation: true,
      select: ['fullname'],
    });
    expect(row).toMatchObject({ fullname: 'Client Shown', contactid: expect.any(String) });
  });

  test('create binds lookups and inserts related rows with it', async () => {
    const account = await api.create<Record<string, unknown>>({
      collection: 'accounts',
      data: {
        name: 'Deep',
        primarycontactid: contact('Inside'),
        contact_customer_accounts: [contact('One'), contact('Two')],
      },
      returnRepresentation: true,
      expand: [{ property: 'primarycontactid', select: ['lastname'] }],
    });
    expect(account).toMatchObject({ primarycontactid: { lastname: 'Inside' } });
    const children = await api.retrieveMultiple({
      collection: 'contacts',
      filter: `_parentcustomerid_value eq ${String(account['accountid'])}`,
      select: ['lastname'],
      orderBy: ['lastname'],
    });
    expect(children.value.map((one) => one.lastname)).toEqual(['One', 'Two']);
    const bound = await newContact('Bound', {
      'parentcustomerid_account@odata.bind': `/accounts(${String(account['accountid'])})`,
    });
    expect(
      await api.retrieve({ collection: 'contacts', key: bound, select: ['_parentcustomerid_value'] }),
    ).toMatchObject({
      _parentcustomerid_value: account['accountid'],
    });
  });

  test('retrieve selects, expands and annotates; an unknown id is 404', async () => {
    const [us] = (
      await api.retrieveMultiple({ collection: 'accounts', filter: "accountnumber eq 'US-001'", select: ['accountid'] })
    ).value;
    const row = await api.retrieve({
      collection: 'accounts',
      key: us.accountid,
      select: ['name', 'customertypecode', 'creditlimit'],
      expand: [{ property: 'msdyn_company', select: ['cdm_companycode'] }],
      includeAnnotations: '*',
    });
    expect(row).toMatchObject({
      name: 'Harborlight Outfitters',
      customertypecode_Formatted: 'Customer',
      creditlimit_Formatted: '$2,000.00',
      msdyn_company: { cdm_companycode: 'usmf' },
    });
    const missing = await refusal(
      api.retrieve({ collection: 'accounts', key: '11111111-1111-4111-8111-111111111111' }),
    );
    expect(missing).toMatchObject({ status: 404, code: '0x80040217' });
  });

  test('update, a single property, and delete', async () => {
    const key = await newContact('Changing');
    await api.update({ collection: 'contacts', key, data: { jobtitle: 'Buyer' } });
    const shown = await api.update({
      collection: 'contacts',
      key,
      data: { jobtitle: 'Head' },
      returnRepresentation: true,
      select: ['jobtitle'],
    });
    expect(shown).toMatchObject({ jobtitle: 'Head' });
    await api.updateSingleProperty({ collection: 'contacts', key, fieldValuePair: { jobtitle: 'Chief' } });
    expect((await api.retrieve({ collection: 'contacts', key, select: ['jobtitle'] })).jobtitle).toBe('Chief');
    await api.deleteRecord({ collection: 'contacts', key, property: 'jobtitle' });
    expect((await api.retrieve({ collection: 'contacts', key, select: ['jobtitle'] })).jobtitle).toBeNull();
    await api.deleteRecord({ collection: 'contacts', key });
    expect(await refusal(api.retrieve({ collection: 'contacts', key }))).toMatchObject({ status: 404 });
  });

  test('optimistic concurrency: what has changed meanwhile is neither overwritten nor deleted', async () => {
    const key = await newContact('Versioned');
    const before = await api.retrieve({ collection: 'contacts', key, select: ['lastname'] });
    const ifmatch = before['@odata.etag'];
    expect(await api.update({ collection: 'contacts', key, data: { jobtitle: 'A' }, ifmatch })).toBe(true);
    expect(await api.update({ collection: 'contacts', key, data: { jobtitle: 'B' }, ifmatch })).toBe(false);
    expect(await api.deleteRecord({ collection: 'contacts', key, ifmatch })).toBe(false);
    const unchanged = await api.retrieve({ collection: 'contacts', key, select: ['jobtitle'] });
    const same = await api.retrieve({
      collection: 'contacts',
      key,
      select: ['jobtitle'],
      ifnonematch: unchanged['@odata.etag'],
    });
    // The service answers 304; the client makes nothing of it.
    expect([unchanged.jobtitle, same]).toEqual(['A', undefined]);
  });

  test('upsert creates, updates, and does only one of them where told', async () => {
    const key = 'c0000000-0000-4000-8000-000000000001';
    await api.upsert({ collection: 'contacts', key, data: contact('Upserted') });
    await api.upsert({ collection: 'contacts', key, data: { jobtitle: 'Again' } });
    expect(await api.retrieve({ collection: 'contacts', key, select: ['lastname', 'jobtitle'] })).toMatchObject({
      lastname: 'Upserted',
      jobtitle: 'Again',
    });
    expect(await api.upsert({ collection: 'contacts', key, data: { jobtitle: 'Never' }, ifnonematch: '*' })).toBeNull();
    const nobody = 'c0000000-0000-4000-8000-000000000002';
    expect(await api.upsert({ collection: 'contacts', key: nobody, data: contact('Never'), ifmatch: '*' })).toBeNull();
    expect(await refusal(api.retrieve({ collection: 'contacts', key: nobody }))).toMatchObject({ status: 404 });
  });
});

describe('queries', () => {
  test('filter, order, top and count', async () => {
    const { value, oDataCount } = await api.retrieveMultiple({
      collection: 'accounts',
      select: ['accountnumber'],
      filter: "startswith(accountnumber,'US-00') and statecode eq 0",
      orderBy: ['accountnumber desc'],
      top: 2,
      count: true,
    });
    expect(value.map((one) => one.accountnumber)).toEqual(['US-005', 'US-004']);
    expect(oDataCount).toBe(5);
    expect(await api.count({ collection: 'accounts', filter: "accountnumber eq 'US-001'" })).toBe(1);
    expect(await api.countAll({ collection: 'accounts', filter: "startswith(accountnumber,'US-00')" })).toBe(5);
  });

  test('pages by the preference and the next link, all of them by retrieveAll', async () => {
    const request = { collection: 'accounts', select: ['accountnumber'], orderBy: ['accountnumber'], maxPageSize: 3 };
    const first = await api.retrieveMultiple(request);
    expect(first.value).toHaveLength(3);
    const second = await api.retrieveMultiple(request, first.oDataNextLink);
    const all = await api.retrieveAll(request);
    expect(all.value.slice(0, 6)).toEqual([...first.value, ...second.value]);
    expect(new Set(all.value.map((one) => one.accountid)).size).toBe(await api.count({ collection: 'accounts' }));
  });

  test('FetchXML: pages with the cookie, and all pages', async () => {
    const fetchXml =
      '<fetch count="2"><entity name="account"><attribute name="accountnumber"/><order attribute="accountnumber"/><filter><condition attribute="accountnumber" operator="like" value="US-00%"/></filter></entity></fetch>';
    const first = await api.fetch({ collection: 'accounts', fetchXml, includeAnnotations: '*' });
    expect(first.value.map((one) => one.accountnumber)).toEqual(['US-001', 'US-002']);
    const { nextPage, cookie } = first.PagingInfo!;
    expect(nextPage).toBe(2);
    const second = await api.fetch({ collection: 'accounts', fetchXml, pageNumber: nextPage, pagingCookie: cookie });
    expect(second.value.map((one) => one.accountnumber)).toEqual(['US-003', 'US-004']);
    const all = await api.fetchAll({ collection: 'accounts', fetchXml, includeAnnotations: '*' });
    expect(all.value).toHaveLength(5);
  });

  test('the alternate key of a virtual table, and its rows', async () => {
    const { value } = await api.retrieveMultiple({
      collection: 'mserp_custcustomerv3entities',
      select: ['mserp_organizationname'],
      filter: "mserp_customeraccount eq 'US-001' and mserp_dataareaid eq 'usmf'",
    });
    expect(value).toMatchObject([{ mserp_organizationname: 'Harborlight Outfitters' }]);
  });

  test('a query that is wrong is refused with the code of the platform', async () => {
    const unknown = await refusal(api.retrieveMultiple({ collection: 'accounts', select: ['nocolumn'] }));
    expect(unknown).toMatchObject({ status: 400, code: '0x0' });
    expect(await refusal(api.retrieveMultiple({ collection: 'nothings' }))).toMatchObject({
      status: 404,
      code: '0x8006088a',
    });
  });
});

describe('queries by other ways', () => {
  test('a URL of more than 2,000 characters goes as a batch of one', async () => {
    const filter = Array.from({ length: 100 }, () => "accountnumber eq 'US-001'").join(' or ');
    const { value } = await api.retrieveMultiple({ collection: 'accounts', select: ['accountnumber'], filter });
    expect(value.map((one) => one.accountnumber)).toEqual(['US-001']);
    const refused = await refusal(api.retrieveMultiple({ collection: 'accounts', select: ['nocolumn'], filter }));
    expect(refused).toMatchObject({ code: '0x0' });
  });

  test('a navigation property of a row, a row by alternate key', async () => {
    const contact = await newContact('Navigated');
    const account = await api.create({
      collection: 'accounts',
      data: { name: 'Navigating', 'primarycontactid@odata.bind': `/contacts(${contact})` },
    });
    const found = await api.retrieve({
      collection: 'accounts',
      key: String(account),
      navigationProperty: 'primarycontactid',
      select: ['lastname'],
    });
    expect(found).toMatchObject({ lastname: 'Navigated', contactid: contact });
    const company = await api.retrieve({
      collection: 'cdm_companies',
      key: "cdm_companycode='usmf'",
      select: ['cdm_companycode'],
    });
    expect(company).toMatchObject({ cdm_companycode: 'usmf', cdm_companyid: expect.any(String) });
  });

  test('groups by $apply, expanded collections with options of their own', async () => {
    const groups = await api.retrieveMultiple({
      collection: 'accounts',
      apply: "filter(startswith(accountnumber,'US-00'))/groupby((statecode),aggregate($count as n))",
    });
    expect(groups.value).toEqual([{ statecode: 0, n: 5 }]);
    const account = await api.create({
      collection: 'accounts',
      data: { name: 'Expanding', contact_customer_accounts: [contact('Second'), contact('First')] },
    });
    const row = await api.retrieve({
      collection: 'accounts',
      key: String(account),
      select: ['name'],
      expand: [{ property: 'contact_customer_accounts', select: ['lastname'], orderBy: ['lastname'], top: 1 }],
    });
    expect(row.contact_customer_accounts).toMatchObject([{ lastname: 'First' }]);
  });

  test('parameter aliases', async () => {
    const { value } = await api.retrieveMultiple({
      collection: 'accounts',
      select: ['accountnumber'],
      filter: 'accountnumber eq @p1',
      queryParams: ["@p1='US-002'"],
    });
    expect(value.map((one) => one.accountnumber)).toEqual(['US-002']);
  });
});

test('duplicate detection: refused where a published rule finds one', async () => {
  const rule = await api.create<{ duplicateruleid?: string; [column: string]: unknown }>({
    collection: 'duplicaterules',
    data: {
      name: 'Contacts with the same fax',
      baseentityname: 'contact',
      matchingentityname: 'contact',
      DuplicateRule_DuplicateRuleConditions: [
        { baseattributename: 'fax', matchingattributename: 'fax', operatorcode: 0 },
      ],
    },
    returnRepresentation: true,
  });
  await api.callAction({
    collection: 'duplicaterules',
    key: rule.duplicateruleid!,
    actionName: 'Microsoft.Dynamics.CRM.PublishDuplicateRule',
  });
  const data = { ...contact('Twice'), fax: '0815' };
  await api.create({ collection: 'contacts', data });
  const error = await refusal(api.create({ collection: 'contacts', data, duplicateDetection: true }));
  expect(error).toMatchObject({ status: 412, code: '0x80040333' });
  await api.deleteRecord({ collection: 'duplicaterules', key: rule.duplicateruleid! });
});

describe('what the emulator lacks is refused by name', () => {
  test.each([['elastic tables', { partitionId: 'a' }, 'partitionId']])('%s', async (_what, option, name) => {
    const error = await refusal(api.create({ collection: 'contacts', data: contact('Refused'), ...option }));
    expect(error).toMatchObject({ status: 501 });
    expect(error!.message).toContain(name);
    expect(await api.count({ collection: 'contacts', filter: "lastname eq 'Refused'" })).toBe(0);
  });
});

test('Dataverse search of both versions: query, suggestions, completion', async () => {
  await api.create({ collection: 'accounts', data: { name: 'Lanternworks Lamps' } });
  const [second, first] = ['2.0', '1.0'].map((version) => connect(admin, { searchApi: { version } }));
  const query = { search: 'Lanternworks', entities: [{ name: 'account', selectColumns: ['name'] }], count: true };
  const found = await second!.query({ query: { ...query, options: { queryType: 'lucene' }, facets: ['entityname'] } });
  expect(found.response).toMatchObject({
    Count: 1,
    Value: [{ EntityName: 'account', Attributes: { name: 'Lanternworks Lamps' } }],
  });
  expect(found.response.Facets).toMatchObject({ entityname: [{ type: 'Value', value: 'account', count: 1 }] });
  const { response: suggested } = await second!.suggest({ query: { search: 'Lant' } });
  expect(suggested.Value[0]!.Text).toBe('{crmhit}Lant{/crmhit}ernworks Lamps');
  const { response: completed } = await second!.autocomplete({ query: { search: 'Lant' } });
  expect(completed.Value).toBe('{crmhit}lanternworks{/crmhit}');
  const legacy = await first!.query({ query: { search: 'Lanternworks', returnTotalRecordCount: true } });
  expect(legacy).toMatchObject({
    totalrecordcount: 1,
    value: [{ '@search.entityname': 'account', name: 'Lanternworks Lamps' }],
  });
});

describe('relationships', () => {
  test('collection-valued and single-valued, both ways', async () => {
    const account = String(await api.create({ collection: 'accounts', data: { name: 'Associated' } }));
    const key = await newContact('Associated');
    const children = { collection: 'accounts', primaryKey: account, relationshipName: 'contact_customer_accounts' };
    await api.associate({ ...children, relatedCollection: 'contacts', relatedKey: key });
    const parentOf = async () =>
      (await api.retrieve({ collection: 'contacts', key, select: ['_parentcustomerid_value'] }))
        ._parentcustomerid_value;
    expect(await parentOf()).toBe(account);
    await api.disassociate({ ...children, relatedKey: key });
    expect(await parentOf()).toBeNull();
    const single = { collection: 'accounts', primaryKey: account, navigationProperty: 'primarycontactid' };
    await api.associateSingleValued({ ...single, relatedCollection: 'contacts', relatedKey: key });
    const primary = async () =>
      (await api.retrieve({ collection: 'accounts', key: account, select: ['_primarycontactid_value'] }))
        ._primarycontactid_value;
    expect(await primary()).toBe(key);
    await api.disassociateSingleValued(single);
    expect(await primary()).toBeNull();
  });
});

describe('operations', () => {
  test('functions, unbound and bound', async () => {
    const who = await api.callFunction('WhoAmI');
    expect(who).toMatchObject({ UserId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const counts = await api.callFunction({
      functionName: 'RetrieveTotalRecordCount',
      parameters: { EntityNames: ['account'] },
    });
    expect(counts.EntityRecordCountCollection).toMatchObject({ Keys: ['account'] });
    const privileges = await api.callFunction({
      collection: 'systemusers',
      key: who.UserId,
      functionName: 'Microsoft.Dynamics.CRM.RetrieveUserPrivileges',
    });
    expect(privileges.RolePrivileges.length).toBeGreaterThan(0);
  });

  test('actions', async () => {
    const made = await api.callAction({
      collection: 'contacts',
      actionName: 'Microsoft.Dynamics.CRM.CreateMultiple',
      action: {
        Targets: [1, 2].map((n) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.contact', ...contact(`Bulk ${n}`) })),
      },
    });
    expect(made.Ids).toHaveLength(2);
    expect(await api.count({ collection: 'contacts', filter: "startswith(lastname,'Bulk ')" })).toBe(2);
  });

  test('images: upload in chunks, download, delete', async () => {
    const id = await newContact('With image');
    const place = { collection: 'contacts', key: id, property: 'entityimage' } as const;
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await api.uploadFile({ ...place, fileName: 'Größe.png', data: pixel });
    const row = await api.retrieve<Record<string, unknown>>({
      collection: 'contacts',
      key: id,
      select: ['entityimage', 'entityimage_url'],
    });
    expect(row['entityimage']).toBe(pixel.toString('base64'));
    const image = await fetch(`${emulator.origin}${String(row['entityimage_url'])}`);
    expect(Buffer.from(await image.arrayBuffer()).equals(pixel)).toBe(true);
    expect(await api.deleteRecord({ collection: 'contacts', key: id, property: 'entityimage' })).toBeDefined();
    expect(await api.retrieve({ collection: 'contacts', key: id, select: ['entityimage'] })).toMatchObject({
      entityimage: null,
    });
  });

  test('what is not emulated is refused by name', async () => {
    const error = await refusal(api.callAction({ actionName: 'WinOpportunity', action: {} }));
    expect(error).toMatchObject({ status: 501 });
    expect(error!.message).toContain('WinOpportunity');
  });
});

describe('batches', () => {
  test('requests of one batch share a change set and refer to each other', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Batched' }, contentId: '1' });
    void api.create({
      collection: 'contacts',
      data: contact('Batched', { 'parentcustomerid_account@odata.bind': '$1' }),
    });
    void api.retrieveMultiple({ collection: 'accounts', select: ['name'], filter: "name eq 'Batched'" });
    const [account, , found] = await api.executeBatch();
    expect(account).toMatch(/^[0-9a-f-]{36}$/);
    expect(found.value).toMatchObject([{ name: 'Batched', accountid: account }]);
    const [child] = (await api.retrieveMultiple({ collection: 'contacts', filter: "lastname eq 'Batched'" })).value;
    expect(child._parentcustomerid_value).toBe(account);
  });

  test('requests go on after a failure where the client wants them to', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Goes on', nocolumn: 1 }, inChangeSet: false });
    void api.create({ collection: 'accounts', data: { name: 'Goes on' }, inChangeSet: false });
    await refusal(api.executeBatch({ continueOnError: true }));
    expect(await api.count({ collection: 'accounts', filter: "name eq 'Goes on'" })).toBe(1);
  });

  test('update, upsert, delete, associate, count and functions in one batch', async () => {
    const [account, key] = [
      String(await api.create({ collection: 'accounts', data: { name: 'Mixed' } })),
      await newContact('Mixed'),
    ];
    const gone = await newContact('Gone');
    api.startBatch();
    void api.update({ collection: 'contacts', key, data: { jobtitle: 'Mixer' } });
    void api.upsert({ collection: 'contacts', key, data: { department: 'Mixing' } });
    void api.associateSingleValued({
      collection: 'accounts',
      primaryKey: account,
      navigationProperty: 'primarycontactid',
      relatedCollection: 'contacts',
      relatedKey: key,
    });
    void api.deleteRecord({ collection: 'contacts', key: gone });
    void api.count({ collection: 'contacts', filter: "lastname eq 'Gone'" });
    void api.callFunction('WhoAmI');
    const answers = await api.executeBatch();
    expect(answers.at(-2)).toMatchObject({ oDataCount: 0 });
    expect(answers.at(-1)).toMatchObject({ UserId: expect.any(String) });
    const row = await api.retrieve({
      collection: 'accounts',
      key: account,
      select: ['name'],
      expand: [{ property: 'primarycontactid', select: ['jobtitle', 'department'] }],
    });
    expect(row.primarycontactid).toMatchObject({ jobtitle: 'Mixer', department: 'Mixing' });
  });

  test('a change set that fails leaves nothing', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Undone' } });
    void api.create({ collection: 'accounts', data: { name: 'Undone', nocolumn: 1 } });
    const error = await refusal(api.executeBatch());
    expect(error).toBeDefined();
    expect(await api.count({ collection: 'accounts', filter: "name eq 'Undone'" })).toBe(0);
  });
});

describe('metadata', () => {
  test('tables, columns, relationships, choices and CSDL', async () => {
    const { value } = await api.retrieveEntities({ select: ['LogicalName'], filter: "LogicalName eq 'account'" });
    const [{ MetadataId: key }] = value;
    const account = await api.retrieveEntity({
      key,
      select: ['LogicalName', 'EntitySetName'],
      expand: [{ property: 'Attributes', select: ['LogicalName'] }],
    });
    expect(account).toMatchObject({ LogicalName: 'account', EntitySetName: 'accounts' });
    const columns = await api.retrieveAttributes({
      entityKey: "LogicalName='account'",
      select: ['LogicalName', 'AttributeType'],
    });
    expect(columns.value).toContainEqual(expect.objectContaining({ LogicalName: 'name', AttributeType: 'String' }));
    const choice = await api.retrieveAttribute({
      entityKey: "LogicalName='account'",
      attributeKey: "LogicalName='customertypecode'",
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      expand: [{ property: 'OptionSet' }],
    });
    expect(choice.OptionSet.Options).toContainEqual(expect.objectContaining({ Value: 3 }));
    const relationship = await api.retrieveRelationship({
      key: "SchemaName='contact_customer_accounts'",
      castType: 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    });
    expect(relationship).toMatchObject({ ReferencingAttribute: 'parentcustomerid', ReferencedEntity: 'account' });
    expect(
      (await api.retrieveRelationships({ castType: 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata' })).value
        .length,
    ).toBeGreaterThan(10);
    expect((await api.retrieveGlobalOptionSets()).value.length).toBeGreaterThan(0);
    const name = String((await api.retrieveGlobalOptionSets()).value[0].Name);
    expect(await api.retrieveGlobalOptionSet({ key: `Name='${name}'` })).toMatchObject({ Name: name, IsGlobal: true });
    expect(await api.retrieveCsdlMetadata()).toContain('<EntityType Name="account"');
  });
});

describe('definitions that a client makes', () => {
  const crm = 'Microsoft.Dynamics.CRM.';
  const label = (text: string) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });
  const column = (type: string, SchemaName: string, more: object = {}) => ({
    '@odata.type': `${crm}${type}AttributeMetadata`,
    SchemaName,
    DisplayName: label(SchemaName),
    ...more,
  });

  test('a table, its columns, a relationship and a choice are created, read, replaced and deleted', async () => {
    const made = await api.createEntity({
      data: {
        '@odata.type': `${crm}EntityMetadata`,
        SchemaName: 'new_Basket',
        DisplayName: label('Basket'),
        DisplayCollectionName: label('Baskets'),
        OwnershipType: 'UserOwned',
        Attributes: [column('String', 'new_Name', { IsPrimaryName: true, MaxLength: 100 })],
      } as never,
    });
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    const key = String(made);
    const size = await api.createAttribute({ entityKey: key, data: column('Integer', 'new_Size') as never });
    const read = await api.retrieveAttribute({
      entityKey: key,
      attributeKey: String(size),
      castType: `${crm}IntegerAttributeMetadata` as never,
    });
    expect(read).toMatchObject({ LogicalName: 'new_size', MaxValue: 2147483647 });
    await api.updateAttribute({
      entityKey: key,
      data: { ...read, MaxValue: 12 } as never,
      castType: `${crm}IntegerAttributeMetadata` as never,
      mergeLabels: true,
    });
    const relationship = await api.createRelationship({
      data: {
        '@odata.type': `${crm}OneToManyRelationshipMetadata`,
        SchemaName: 'new_account_basket',
        ReferencedEntity: 'account',
        ReferencingEntity: 'new_basket',
        Lookup: column('Lookup', 'new_AccountId'),
      } as never,
    });
    const found = await api.retrieveRelationship({
      key: String(relationship),
      castType: `${crm}OneToManyRelationshipMetadata`,
    });
    await api.updateRelationship({
      data: { ...found, CascadeConfiguration: { ...(found as never as { CascadeConfiguration: object }).CascadeConfiguration, Delete: 'Restrict' } } as never, // prettier-ignore
      castType: `${crm}OneToManyRelationshipMetadata`,
    });
    const choice = await api.createGlobalOptionSet({
      data: {
        '@odata.type': `${crm}OptionSetMetadata`,
        Name: 'new_shapes',
        DisplayName: label('Shapes'),
        OptionSetType: 'Picklist',
        Options: [{ Value: 100000000, Label: label('Round') }],
      } as never,
    });
    const shapes = await api.retrieveGlobalOptionSet({ key: String(choice) });
    await api.updateGlobalOptionSet({ data: { ...shapes, DisplayName: label('Forms') } as never });
    const entity = await api.retrieveEntity({ key });
    await api.updateEntity({ data: { ...entity, DisplayName: label('Punnet') } as never, mergeLabels: true });
    const basket = await api.create({
      collection: 'new_baskets',
      data: { new_name: 'Small', new_size: 12 },
      returnRepresentation: true,
    });
    expect(basket).toMatchObject({ new_name: 'Small', new_size: 12 });
    const error = await refusal(api.create({ collection: 'new_baskets', data: { new_size: 13 } }));
    expect(error).toMatchObject({ status: 400, code: '0x8004432f' });
    const again = await api.retrieveEntity({ key, select: ['DisplayName'] });
    expect(again.DisplayName?.UserLocalizedLabel?.Label).toBe('Punnet');
    await api.deleteRelationship({ key: String(relationship) });
    await api.deleteGlobalOptionSet({ key: String(choice) });
    const page = await refusal(api.deleteGlobalOptionSet({ key: String(choice) }));
    expect(page).toMatchObject({ status: 404 });
  });
});

describe('who asks', () => {
  test('a user without a role is refused with the code of the platform', async () => {
    const error = await refusal(connect(norole).retrieveMultiple({ collection: 'accounts' }));
    expect(error).toMatchObject({ status: 403, code: '0x80040220' });
  });

  test('impersonation acts as the other user, and is named in the row', async () => {
    const find = async (collection: string, filter: string, key: string) =>
      String((await api.retrieveMultiple({ collection, filter, select: [key] })).value[0][key]);
    const service = await find('systemusers', "internalemailaddress eq 'service@fnoconnect.example'", 'systemuserid');
    const account = await find('accounts', "accountnumber eq 'US-001'", 'accountid');
    const impersonating = connect(admin, { impersonate: service });
    await impersonating.update({ collection: 'accounts', key: account, data: { telephone1: '+1 206 555 0199' } });
    const who = await api.callFunction('WhoAmI');
    expect(await api.retrieve({ collection: 'accounts', key: account })).toMatchObject({
      _modifiedby_value: service,
      _modifiedonbehalfby_value: who.UserId,
    });
  });
});
