import { fetchXmlOf } from '../../../../../emulator/dataverse/web-api/query-expression.ts';
import { conditionOperators } from '../../../../../emulator/query/index.ts';

/** Members of `ConditionOperator` whose meaning FetchXML has, too. */
const names =
  `Equal NotEqual GreaterThan LessThan GreaterEqual LessEqual Like NotLike In NotIn Between NotBetween Null NotNull Yesterday Today
  Tomorrow Last7Days Next7Days LastWeek ThisWeek NextWeek LastMonth ThisMonth NextMonth On OnOrBefore OnOrAfter LastYear ThisYear NextYear
  LastXHours NextXHours LastXDays NextXDays LastXWeeks NextXWeeks LastXMonths NextXMonths LastXYears NextXYears EqualUserId NotEqualUserId
  EqualBusinessId NotEqualBusinessId BeginsWith DoesNotBeginWith EndsWith DoesNotEndWith OlderThanXMonths OlderThanXYears OlderThanXWeeks
  OlderThanXDays OlderThanXHours OlderThanXMinutes ThisFiscalYear ThisFiscalPeriod NextFiscalYear NextFiscalPeriod LastFiscalYear
  LastFiscalPeriod LastXFiscalYears LastXFiscalPeriods NextXFiscalYears NextXFiscalPeriods InFiscalYear InFiscalPeriod
  InFiscalPeriodAndYear InOrBeforeFiscalPeriodAndYear InOrAfterFiscalPeriodAndYear EqualUserTeams EqualUserOrUserTeams Under NotUnder
  UnderOrEqual Above AboveOrEqual EqualUserOrUserHierarchy EqualUserOrUserHierarchyAndTeams EqualUserLanguage ContainValues
  DoesNotContainValues`.split(/\s+/);

test.each(names)('%s is an operator of FetchXML', (name) => {
  const Criteria = { Conditions: [{ AttributeName: 'a', Operator: name, Values: [{ Value: '1' }] }] };
  const operator = / operator="([^"]+)"/.exec(fetchXmlOf({ EntityName: 't', Criteria }))?.[1];
  expect(conditionOperators.map((one) => one.name)).toContain(operator);
});

test('values, filters in filters and pages keep their places', () => {
  const text = fetchXmlOf({
    EntityName: 'account',
    Distinct: true,
    PageInfo: { PageNumber: 2, Count: 10, ReturnTotalRecordCount: true },
    ColumnSet: { AllColumns: true },
    Criteria: {
      FilterOperator: 'Or',
      Conditions: [
        { AttributeName: 'name', Operator: 'In', Values: ['a<b', { Value: 'c&d' }] },
        { EntityName: 'c', AttributeName: 'fax', Operator: 'Null' },
      ],
      Filters: [{ Conditions: [{ AttributeName: 'n', Operator: 'Between', Values: [1, 2] }] }],
    },
  });
  expect(text).toBe(
    '<fetch distinct="true" page="2" count="10" returntotalrecordcount="true"><entity name="account"><all-attributes/>' +
      '<filter type="or"><condition attribute="name" operator="in"><value>a&lt;b</value><value>c&amp;d</value></condition>' +
      '<condition entityname="c" attribute="fax" operator="null"/>' +
      '<filter type="and"><condition attribute="n" operator="between"><value>1</value><value>2</value></condition></filter></filter>' +
      '</entity></fetch>',
  );
});

test.each([
  [{}, "names no 'EntityName'"],
  [{ EntityName: 't', Criteria: { Conditions: [{ AttributeName: 'a', Operator: 7 }] } }, "ConditionOperator '7'"],
  [{ EntityName: 't', LinkEntities: [{ JoinOperator: 'Sideways' }] }, "JoinOperator 'Sideways'"],
  [{ EntityName: 't', Orders: {} }, "'Orders' that are no list"],
])('what cannot be read is refused: %j', (expression, text) => {
  expect(() => fetchXmlOf(expression)).toThrow(text);
});
