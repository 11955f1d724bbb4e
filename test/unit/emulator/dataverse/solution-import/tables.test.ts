import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import {
  aChoice,
  aColumn,
  aKey,
  aLookup,
  aManyToMany,
  aPrimaryKey,
  aRelationship,
  aTable,
  anExtension,
  anOptionSet,
} from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => void (target = await anImportTarget()));
afterAll(() => target.close());

const whole = (name: string, more = '') => aColumn(name, { type: 'int', more });
const toBox = { from: 'ora_Parcel', column: 'ora_BoxId', to: 'ora_Box' };

test.each([
  ['a name that is no name', [aTable("ora_A'; drop table account")], /^0x8004801A .*drop table account/],
  ['a column name with mark-up', [aTable('ora_A', { columns: aColumn('ora_&lt;b&gt;') })], /^0x8004801A .*<b>/],
  [
    'a table without plural',
    [
      {
        ...aTable('ora_A'),
        node: aTable('ora_A').node!.replace(/<LocalizedCollectionNames>.*?<\/LocalizedCollectionNames>/, ''),
      },
    ],
    /^0x80040203 Entity Display Collection Name for id ora_a/,
  ],
  [
    'a table without primary key',
    [aTable('ora_A', { base: aColumn('ora_Name') })],
    /^0x80040203 .*'ora_a' has no primary key/,
  ],
  [
    'a table without primary name',
    [aTable('ora_A', { base: aPrimaryKey('ora_AId') })],
    /^0x80040203 PrimaryName attribute not found.*'ora_a'/,
  ],
  [
    'a user-owned table without owner',
    [aTable('ora_A', { ownership: 'UserOwned' })],
    /^0x80040203 .*'ora_a'.*'ownerid'/,
  ],
  ['the set name of another table', [aTable('ora_A', { setName: 'accounts' })], /^0x80040216 .*'accounts'.*'account'/],
  ['an extension of a table that is not there', [anExtension('ora_Nowhere')], /^0x80041102 .*'ora_Nowhere'/],
  [
    'an unknown column type',
    [aTable('ora_A', { columns: aColumn('ora_X', { type: 'blob' }) })],
    /^0x8004801A .*'ora_a\.ora_x'.*'blob'/,
  ],
  [
    'a text without length',
    [aTable('ora_A', { columns: aColumn('ora_X', { more: '' }) })],
    /^0x80040203 New string attributes must have a max length value.*ora_a\.ora_x/,
  ],
  [
    'a text of 5,000 characters',
    [aTable('ora_A', { columns: aColumn('ora_X', { more: '<MaxLength>5000</MaxLength>' }) })],
    /^0x8004801A .*5000.*'ora_a\.ora_x'/,
  ],
  [
    'a range upside down',
    [aTable('ora_A', { columns: whole('ora_X', '<MinValue>5</MinValue><MaxValue>1</MaxValue>') })],
    /^0x8004801A .*'ora_a\.ora_x'/,
  ],
  [
    'a custom column without prefix',
    [aTable('ora_A', { columns: aColumn('Weight') })],
    /^0x80048062 .*'ora_a\.weight'/,
  ],
  [
    'a global choice that is not there',
    [
      aTable('ora_A', {
        columns: aColumn('ora_X', { type: 'picklist', more: '<OptionSetName>ora_none</OptionSetName>' }),
      }),
    ],
    /^0x80048039 .*'ora_none'/,
  ],
  [
    'a default that is no option',
    [
      aTable('ora_A', {
        columns: aColumn('ora_X', {
          type: 'picklist',
          more: `<AppDefaultValue>3</AppDefaultValue>${anOptionSet('ora_a_ora_x', { 1: 'One' }, false)}`,
        }),
      }),
    ],
    /^0x8004801A .*default 3.*'ora_a\.ora_x'/,
  ],
  [
    'a lookup without relationship',
    [aTable('ora_A', { columns: aLookup('ora_BoxId') })],
    /^0x80048548 .*'ora_a\.ora_boxid'/,
  ],
  [
    'a customer with one relationship',
    [
      aTable('ora_A', { columns: aColumn('ora_Buyer', { type: 'customer', more: '' }) }),
      aRelationship('ora_a_account', { from: 'ora_A', column: 'ora_Buyer', to: 'Account' }),
    ],
    /^0x80048051 .*'ora_a\.ora_buyer'/,
  ],
  [
    'a relationship to a table that is not there',
    [aTable('ora_Parcel', { columns: aLookup('ora_BoxId') }), aRelationship('ora_r', { ...toBox, to: 'ora_Nowhere' })],
    /^0x80048548 .*'ora_r'.*'ora_nowhere'/,
  ],
  [
    'a relationship on a column that is not there',
    [aTable('ora_Parcel'), aTable('ora_Box'), aRelationship('ora_r', toBox)],
    /^0x80048548 .*'ora_r'.*'ora_BoxId'/,
  ],
  [
    'a relationship on a text',
    [aTable('ora_Parcel', { columns: aColumn('ora_BoxId') }), aTable('ora_Box'), aRelationship('ora_r', toBox)],
    /^0x80048548 .*no lookup/,
  ],
  [
    'a relationship name of 101 characters',
    [aTable('ora_Parcel', { columns: aLookup('ora_BoxId') }), aTable('ora_Box'), aRelationship('r'.repeat(101), toBox)],
    /^0x8004802A/,
  ],
  [
    'an unknown cascade',
    [
      aTable('ora_Parcel', { columns: aLookup('ora_BoxId') }),
      aTable('ora_Box'),
      aRelationship('ora_r', { ...toBox, onDelete: 'Explode' }),
    ],
    /^0x8004801A .*'ora_r'.*'Explode'/,
  ],
  [
    'a link removed from a required lookup',
    [
      aTable('ora_Parcel', { columns: aLookup('ora_BoxId', 'systemrequired') }),
      aTable('ora_Box'),
      aRelationship('ora_r', toBox),
    ],
    /^0x80048104 .*'ora_r'.*'ora_parcel\.ora_boxid'/,
  ],
  [
    'a relationship name that is taken',
    [
      aTable('ora_Parcel', { columns: aLookup('ora_BoxId') }),
      aTable('ora_Box'),
      aRelationship('account_parent_account', toBox),
    ],
    /^0x80048834 .*'account_parent_account'.*'account'/,
  ],
  [
    'a key of a column that is not there',
    [aTable('ora_A', { keys: aKey('ora_k', 'ora_none') })],
    /^0x8006089F .*'ora_k'.*'ora_none'/,
  ],
  [
    'a key of a memo',
    [
      aTable('ora_A', {
        columns: aColumn('ora_M', { type: 'ntext', more: '<MaxLength>100</MaxLength>' }),
        keys: aKey('ora_k', 'ora_m'),
      }),
    ],
    /^0x8006089F .*'ora_m'/,
  ],
  [
    'an elastic table',
    [aTable('ora_A', { entity: '<DataProviderId>{1d9bde74-9ebd-4da9-8ff5-aa74945b9f74}</DataProviderId>' })],
    /^NotEmulated .*'ora_A'/,
  ],
])('refuses %s', async (_what, parts, expected) => {
  expect(await target.refuse(parts)).toMatch(expected);
});

test('a refused package leaves neither metadata nor tables behind', async () => {
  const version = [...target.catalogue.tables()].length;
  await target.refuse([aTable('ora_Gone'), aTable('ora_A', { columns: aLookup('ora_BoxId') })]);
  expect([...target.catalogue.tables()].length).toBe(version);
  expect(target.catalogue.table('ora_gone')).toBeUndefined();
  expect(target.rows(`select name from sqlite_master where name = 'ora_gone'`)).toEqual([]);
});

test('makes the table, its default set name, its privileges and its lookups', async () => {
  await target.add(
    [
      aTable('ora_Berry', { columns: aLookup('ora_BushId') }),
      aTable('ora_Bush', {
        setName: 'ora_bushset',
        columns: aLookup('CreatedOnBehalfBy').replace('IsCustomField>1', 'IsCustomField>0'),
      }),
      aRelationship('ora_bush_berry', { from: 'ora_Berry', column: 'ora_BushId', to: 'ora_Bush', onDelete: 'Cascade' }),
      aManyToMany('ora_bush_account', 'ora_Bush', 'Account'),
    ],
    { name: 'Berries' },
  );
  const berry = target.catalogue.tableBySet('ora_berries')!;
  expect(berry.logicalName).toBe('ora_berry');
  expect(berry.columns.get('ora_bushid')!.targets).toEqual(['ora_bush']);
  expect(berry.manyToOne[0]).toMatchObject({
    referencingNavigation: 'ora_BushId',
    referencedNavigation: 'ora_bush_berry',
    cascade: { delete: 'Cascade' },
  });
  expect(target.catalogue.tableBySet('ora_bushset')!.columns.get('createdonbehalfby')!.targets).toEqual(['systemuser']);
  expect(target.catalogue.table('ora_bush_account')!.columns.has('accountid')).toBe(true);
  expect(target.rows(`select name, canbebasic from privilege where name like 'prv%ora_Berry' order by name`)).toEqual(
    ['AppendTo', 'Append', 'Create', 'Delete', 'Read', 'Write'].map((right) => ({
      name: `prv${right}ora_Berry`,
      canbebasic: 0,
    })),
  );
  expect(target.rows('select * from ora_berry')).toEqual([]);
});

test('a virtual table gets no store', async () => {
  await target.add(
    [
      aTable('ora_Far', {
        entity:
          '<DataProviderId>{a17be158-e9dd-e611-80d3-00155da29216}</DataProviderId><ExternalName>Far</ExternalName>',
      }),
    ],
    { name: 'Far' },
  );
  expect(target.catalogue.table('ora_far')).toMatchObject({
    isVirtual: true,
    externalName: 'Far',
    hasOptimisticConcurrency: false,
  });
  expect(target.rows(`select name from sqlite_master where name = 'ora_far'`)).toEqual([]);
});

test('names in warnings what a column does not do here', async () => {
  const columns =
    aColumn('ora_Sum', { type: 'int', more: '<SourceType>2</SourceType>' }) +
    aColumn('ora_Scan', { type: 'partylist', more: '' }) +
    aColumn('ora_Price', { type: 'money', more: '' });
  const { warnings } = await target.add([aTable('ora_Sack', { columns })], { name: 'Sacks' });
  expect(warnings).toEqual([
    expect.stringMatching(/roll-up column 'ora_sack\.ora_sum'/),
    expect.stringMatching(/'ora_sack\.ora_scan'.*party lists/),
    expect.stringMatching(/'ora_sack\.ora_price'.*'ora_price_base'/),
  ]);
});

describe('an update', () => {
  const columns = (length: number) =>
    aColumn('ora_Color', { more: `<MaxLength>${length}</MaxLength>` }) + aLookup('ora_OwnerId');
  const toAccount = aRelationship('ora_crate_account', {
    from: 'ora_Crate',
    column: 'ora_OwnerId',
    to: 'Account',
    navigation: 'ora_OwnerId_account',
  });
  const toContact = aRelationship('ora_crate_contact', {
    from: 'ora_Crate',
    column: 'ora_OwnerId',
    to: 'Contact',
    navigation: 'ora_OwnerId_contact',
  });
  const options = { name: 'Crates' };

  beforeAll(async () => {
    await target.add([aTable('ora_Crate', { columns: columns(50) + aColumn('ora_Old') }), toAccount], options);
    target.database.run(`insert into ora_crate (ora_crateid, ora_color, ora_ownerid) values ('1', 'red', 'a')`);
    await target.add([aTable('ora_Crate', { columns: columns(90) }), toAccount, toContact], {
      ...options,
      version: '1.1',
    });
  });

  test('overwrites a column and keeps the one it does not mention', () => {
    const { columns: now } = target.catalogue.table('ora_crate')!;
    expect([now.get('ora_color')!.maxLength, now.has('ora_old')]).toEqual([90, true]);
  });

  test('keeps rows, and says which table an old link points at once there are two', () => {
    expect(target.rows('select ora_color, ora_ownerid, ora_ownerid__table from ora_crate')).toEqual([
      { ora_color: 'red', ora_ownerid: 'a', ora_ownerid__table: 'account' },
    ]);
  });

  test.each([
    [
      'the type of a column',
      aTable('ora_Crate', { columns: columns(90) + whole('ora_Old') }),
      /^0x8004801A .*'ora_crate\.ora_old'.*Integer/,
    ],
    [
      'the ownership of a table',
      aTable('ora_Crate', { columns: columns(90), ownership: 'UserOwned' }),
      /^0x8004801A .*'ora_crate'/,
    ],
  ])('cannot change %s', async (_what, table, expected) => {
    expect(await target.refuse([table, toAccount], { ...options, version: '1.2' })).toMatch(expected);
  });

  test('a key over rows that are already alike is refused by name', async () => {
    target.database.run(
      `insert into ora_crate (ora_crateid, ora_color, ora_color__folded) values ('2', 'blue', 'blue'), ('3', 'blue', 'blue')`,
    );
    const table = aTable('ora_Crate', { columns: columns(90), keys: aKey('ora_colorkey', 'ora_color') });
    expect(await target.refuse([table, toAccount], { ...options, version: '1.2' })).toMatch(
      /^0x8006089F .*'ora_colorkey' of 'ora_crate'/,
    );
  });
});

test('a global choice changes in every column that uses it, and loses no option', async () => {
  const column = aColumn('ora_Taste', { type: 'picklist', more: '<OptionSetName>ora_taste</OptionSetName>' });
  await target.add([aChoice('ora_taste', { 1: 'Sweet', 2: 'Sour' }), aTable('ora_Plum', { columns: column })], {
    name: 'Plums',
  });
  await target.add([aChoice('ora_taste', { 1: 'Very sweet', 3: 'Bitter' })], { name: 'Taste' });
  const { options } = target.catalogue.table('ora_plum')!.columns.get('ora_taste')!.choice!;
  expect(options.map((option) => [option.value, option.label[1033]])).toEqual([
    [1, 'Very sweet'],
    [3, 'Bitter'],
    [2, 'Sour'],
  ]);
});

test('the relationship exports carry for a file column is taken, and makes no lookup', async () => {
  const paper = aColumn('ora_Paper', { type: 'file', more: '<MaxSizeInKB>64</MaxSizeInKB>' });
  const name = 'FileAttachment_ora_Scroll_ora_Paper';
  const relationship = aRelationship(name, { from: 'ora_Scroll', column: 'ora_Paper', to: 'FileAttachment' });
  await target.add([aTable('ora_Scroll', { columns: paper }), relationship], { name: 'Scrolls' });
  const scroll = target.catalogue.table('ora_scroll')!;
  expect(scroll.columns.get('ora_paper')).toMatchObject({ attributeType: 'File', targets: [] });
  expect(scroll.manyToOne.map(({ schemaName }) => schemaName)).not.toContain(name);
});

test('a column may use a global choice of the platform', async () => {
  const column = aColumn('ora_Channel', {
    type: 'picklist',
    more: '<OptionSetName>socialprofile_community</OptionSetName>',
  });
  await target.add([aTable('ora_Shout', { columns: column })], { name: 'Shouts' });
  const { options } = target.catalogue.table('ora_shout')!.columns.get('ora_channel')!.choice!;
  expect(options.map(({ value }) => value)).toEqual(Array.from({ length: 18 }, (_, value) => value));
});
