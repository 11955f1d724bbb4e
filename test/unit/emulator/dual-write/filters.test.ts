import { readColumnFilter } from '../../../../emulator/dual-write/column-filter.ts';
import { readRange, type PlainValue } from '../../../../emulator/dual-write/range-filter.ts';

// finance-operations reference, section 5.5 "Map definition format": sourceFilter is a query range expression.
describe('the filter on finance and operations', () => {
  const row: Record<string, PlainValue> = {
    PartyType: 'Organization',
    CreditLimit: 1500,
    Name: 'Fabrikam Ltd',
    Code: '',
  };
  test.each([
    ['', true],
    ['((PartyType == "Organization"))', true],
    ['((PartyType == "organization"))', true],
    ["(PartyType == 'Person')", false],
    ['((PartyType != "Person") && (CreditLimit > 1000))', true],
    ['((CreditLimit > 1000) && (CreditLimit <= 1500))', true],
    ['((CreditLimit < 1500) || (CreditLimit >= 1500))', true],
    ['(!(CreditLimit == 1500))', false],
    ['(Name like "Fab*")', true],
    ['(Name like "*xyz*")', false],
    ['(Code == "")', true],
    ['(Code != "999")', true],
    ['CreditLimit == 1500', true],
    ['(Name == "Fabrikam \\"Ltd\\"")', false],
    ['(PartyType == "Person" || PartyType == "Organization" && CreditLimit < 0)', false],
  ])('%s', (filter, passes) => {
    expect(readRange(filter).test((name) => row[name])).toBe(passes);
  });

  test.each(['(PartyType == ', 'PartyType = = "x"', '(a == 1', 'a == 1)', 'a ~ 1', '((Customer.Name == "x"))', '&& a'])(
    'cannot be %s',
    (filter) => {
      expect(() => readRange(filter)).toThrow(/cannot be read|column of another table/);
    },
  );

  // `(AssociatedContactType = 1)` of the published map of contacts.
  test('compares an enum with the number of its symbol', () => {
    const range = readRange('(AssociatedContactType = 1)', () => ['Customer', 'Vendor']);
    expect(['Customer', 'Vendor'].map((symbol) => range.test(() => symbol))).toEqual([false, true]);
  });

  test('tells which fields it names', () => {
    expect(readRange('((A == "x") && (b > 1)) || (A != "y")').names).toEqual(['A', 'b']);
  });
});

// Section 5.5: reversedSourceFilter is an OData filter.
describe('the filter on Dataverse', () => {
  const row: Record<string, PlainValue> = {
    customertypecode: 3,
    name: 'Fabrikam Ltd',
    revenue: 1500.5,
    code: null,
    flag: true,
  };
  test.each([
    ['', true],
    ['customertypecode eq 3', true],
    ['customertypecode ne 3', false],
    ['revenue gt 1000 and revenue le 1500.5', true],
    ['revenue lt 1000 or revenue ge 1500', true],
    ["name eq 'fabrikam ltd'", true],
    ['not (customertypecode eq 3)', false],
    ['code eq null', true],
    ["code ne ''", false],
    ["code gt 'a'", false],
    ['flag eq true and code eq null', true],
    ["contains(name,'kam')", true],
    ["startswith(name,'Fab') and endswith(name,'Ltd')", true],
    ["not contains(name,'zz')", true],
    ['_parent_value eq null', true],
  ])('%s', (filter, passes) => {
    expect(readColumnFilter(filter).test((name) => row[name])).toBe(passes);
  });

  test.each(['name eq', 'primarycontactid/fullname eq 1', 'year(createdon) eq 2024', 'accounts/any(a:a/x eq 1)'])(
    'cannot be %s',
    (filter) => {
      expect(() => readColumnFilter(filter)).toThrow();
    },
  );
});
