import { rulesBySubject } from '../../alm/check/catalogue.ts';
import { plain, readTables } from '../support/page-tables.ts';

test('docs/checks.md lists the rules of the check as they are, and no others', () => {
  const rows = readTables('docs/checks.md').filter((row) => row['Rule'] !== undefined);
  const listed = rows.map(({ section, Rule, Severity, Code, 'Without it': fails, Mend }) => ({
    section,
    id: plain(Rule!),
    severity: Severity,
    code: Code === '—' ? '' : plain(Code!),
    fails,
    mend: Mend,
  }));
  const rules = Object.entries(rulesBySubject).flatMap(([section, list]) =>
    list.map(({ id, severity, code, fails, mend }) => ({ section, id, severity, code, fails, mend })),
  );
  expect(listed).toEqual(rules);
});
