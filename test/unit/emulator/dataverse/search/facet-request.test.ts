import { readFacet } from '../../../../../emulator/dataverse/search/facet-request.ts';

test('a column alone counts its ten commonest values', () => {
  expect(readFacet('ownerid')).toEqual({
    name: 'ownerid',
    table: undefined,
    column: 'ownerid',
    count: 10,
    sort: 'count',
    bounds: undefined,
    interval: undefined,
    offsetMinutes: 0,
  });
});

test.each([
  ['entityname,count:100', { column: undefined, count: 100 }],
  ['@search.entityname,count:3', { name: '@search.entityname', column: undefined, count: 3 }],
  ['account:primarycontactid,sort:-value', { name: 'account:primarycontactid', table: 'account', sort: '-value' }],
  ['account.primarycontactid', { name: 'account.primarycontactid', table: 'account', column: 'primarycontactid' }],
  [
    'createdon,values:2019-04-27T00:00:00|2020-03-27T00:00:00',
    { bounds: ['2019-04-27T00:00:00', '2020-03-27T00:00:00'] },
  ],
  ['createdon, interval:month, timeoffset:-01:30', { interval: 'month', offsetMinutes: -90 }],
  ['createdon,interval:day,timeoffset:+0530', { offsetMinutes: 330 }],
  ['createdon,interval:day,timeoffset:+02', { offsetMinutes: 120 }],
  ['revenue,interval:1000', { interval: 1000 }],
])('%s', (text, expected) => {
  expect(readFacet(text)).toMatchObject(expected);
});

test.each([
  'a b',
  'ownerid,count:0',
  'ownerid,sort:name',
  'ownerid,colour:red',
  'ownerid,count:5,interval:2',
  'ownerid,sort:value,values:1|2',
  'createdon,interval:day,values:1',
  'createdon,interval:fortnight',
  'createdon,interval:day,timeoffset:2',
  'createdon,timeoffset:+02:00',
])('%s cannot be read', (text) => {
  expect(() => readFacet(text)).toThrow(`The facet '${text}' cannot be read`);
});
