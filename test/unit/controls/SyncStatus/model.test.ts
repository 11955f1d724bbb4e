import { columnsOf } from '../../../../controls/SyncStatus/columns.ts';
import { comparePair } from '../../../../controls/SyncStatus/compare.ts';
import { readPairs, type ColumnKind } from '../../../../controls/SyncStatus/model.ts';

describe('the columns to compare', () => {
  test('are read as pairs', () => {
    expect(readPairs(' creditlimit = mserp_creditlimit ;name=mserp_organizationname; ')).toEqual({
      pairs: [
        { here: 'creditlimit', there: 'mserp_creditlimit' },
        { here: 'name', there: 'mserp_organizationname' },
      ],
      unreadable: [],
    });
  });

  test.each(['creditlimit', '=mserp_x', 'a=', 'a=b=c', 'a=b&$expand=c', "a=b' or 1 eq 1", 'A=b', 'a=<b>'])(
    '%s is named as unreadable and never becomes part of a query',
    (part) => {
      expect(readPairs(`name=mserp_name;${part}`)).toEqual({
        pairs: [{ here: 'name', there: 'mserp_name' }],
        unreadable: [part],
      });
    },
  );

  test('nothing is no pair', () => {
    expect(readPairs('')).toEqual({ pairs: [], unreadable: [] });
  });
});

const formatted = (name: string) => `${name}@OData.Community.Display.V1.FormattedValue`;

describe('two values', () => {
  test.each([
    ['money against decimal', 'money', 2000, 2000.0, true],
    ['money as text against a number', 'money', '2000.0000', 2000, true],
    ['money differing in the fourth place', 'money', 2000.0001, 2000, false],
    ['money differing where money ends', 'money', 2000.00001, 2000, true],
    ['no money against zero', 'money', null, 0, true],
    ['no money against some', 'money', null, 5, false],
    ['a decimal differing in the tenth place', 'number', 0.0000000001, 0, false],
    ['a text that is no number', 'number', 'x', 1, false],
    ['text with space around it', 'text', ' Seattle ', 'Seattle', true],
    ['nothing against an empty text', 'text', null, '', true],
    ['a missing column against an empty text', 'text', undefined, '', true],
    ['line breaks of both kinds', 'text', 'a\r\nb', 'a\nb', true],
    ['upper case', 'text', 'Seattle', 'SEATTLE', false],
    ['a number as text', 'text', '98101', 98101, true],
    ['the same moment written twice', 'date', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z', true],
    ['two moments', 'date', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', false],
    ['no moment', 'date', null, null, true],
  ] as [string, ColumnKind, unknown, unknown, boolean][])('%s', (_case, kind, here, there, isSame) => {
    const column = { name: 'a', label: 'A', kind };
    expect(comparePair({ here: 'a', there: 'b' }, column, { a: here }, { b: there }).isSame).toBe(isSame);
  });

  test('choices are compared by their labels, since their numbers differ between the two sides', () => {
    const compare = (label: string) =>
      comparePair(
        { here: 'a', there: 'b' },
        { name: 'a', label: 'A', kind: 'label' },
        { a: 806380001, [formatted('a')]: 'Invoice' },
        { b: 200000001, [formatted('b')]: label },
      );
    expect(compare('invoice').isSame).toBe(true);
    expect(compare('All')).toEqual({ label: 'A', here: 'Invoice', there: 'All', isSame: false });
  });

  test('a lookup is read by its id and compared by its name', () => {
    const compared = comparePair(
      { here: 'transactioncurrencyid', there: 'mserp_salescurrencycode' },
      { name: 'transactioncurrencyid', label: 'Currency', kind: 'lookup' },
      { _transactioncurrencyid_value: '1', [formatted('_transactioncurrencyid_value')]: 'USD' },
      { mserp_salescurrencycode: 'USD' },
    );
    expect(compared).toEqual({ label: 'Currency', here: 'USD', there: 'USD', isSame: true });
  });

  test('what differs is shown as the user’s formats have it', () => {
    const compared = comparePair(
      { here: 'a', there: 'b' },
      { name: 'a', label: 'Credit limit', kind: 'money' },
      { a: 2000, [formatted('a')]: '$2,000.00' },
      { b: 2500.5 },
    );
    expect(compared).toEqual({ label: 'Credit limit', here: '$2,000.00', there: '2500.5', isSame: false });
  });
});

describe('what the host tells of columns', () => {
  const pairs = [{ here: 'creditlimit', there: 'x' }];
  const money = { name: 'creditlimit', label: 'Credit Limit', kind: 'money' };

  test.each([
    [
      'a collection',
      {
        Attributes: {
          get: (name: string) =>
            name === 'creditlimit' ? { AttributeType: 8, DisplayName: 'Credit Limit' } : undefined,
        },
      },
    ],
    ['a list', { Attributes: [{ LogicalName: 'creditlimit', AttributeType: 'Money', DisplayName: 'Credit Limit' }] }],
    [
      'an object by name, with labels in full',
      {
        Attributes: {
          creditlimit: { AttributeType: 'Money', DisplayName: { UserLocalizedLabel: { Label: 'Credit Limit' } } },
        },
      },
    ],
  ])('is read from %s', (_shape, metadata) => {
    expect(columnsOf(pairs, metadata)).toEqual([money]);
  });

  test.each([undefined, null, {}, { Attributes: null }, { Attributes: [] }, { Attributes: { get: () => null } }])(
    'when it is %j, the column is text called by its name',
    (metadata) => {
      expect(columnsOf(pairs, metadata)).toEqual([{ name: 'creditlimit', label: 'creditlimit', kind: 'text' }]);
    },
  );
});
