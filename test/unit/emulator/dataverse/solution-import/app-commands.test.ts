import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import {
  aControl,
  aDefaultControl,
  anApp,
  anAppAction,
  aSiteMap,
  aTable,
  aWebResource,
} from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeEach(async () => void (target = await anImportTarget()));
afterEach(() => target.close());

const library = aWebResource('ora_/deal.js');
const libraryId = '5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7e14';
const onDeals = '<context>1</context><contextvalue>ora_deal</contextvalue>';
const calls = (parameters: string) =>
  `<onclickeventjavascriptfunctionname>Orchard.ship</onclickeventjavascriptfunctionname><onclickeventjavascriptparameters>${parameters}</onclickeventjavascriptparameters><onclickeventjavascriptwebresourceid><webresourceid>${libraryId}</webresourceid></onclickeventjavascriptwebresourceid><onclickeventtype>2</onclickeventtype>`;

test('a command is a row of appaction, tied to its app, table and library', async () => {
  const app = [
    aSiteMap('ora_App', '<SubArea Id="d" Entity="ora_deal" />'),
    anApp('ora_App', ['type="62" schemaName="ora_App"']),
  ];
  const command = anAppAction(
    'ora__Ship',
    `<appmoduleid><uniquename>ora_App</uniquename></appmoduleid>${onDeals}<location>0</location>${calls('[{"type":5}]')}<sequence>100.5</sequence>`,
  );
  const { warnings } = await target.add([aTable('ora_Deal'), library, ...app, command]);
  expect(warnings).toEqual([]);
  const [row] = target.rows(
    'select a.*, m.uniquename as app from appaction a join appmodule m on m.appmoduleid = a.appmoduleid',
  );
  expect(row).toMatchObject({
    uniquename: 'ora__Ship',
    app: 'ora_App',
    buttonlabeltext: 'Ship',
    contextvalue: 'ora_deal',
    onclickeventjavascriptfunctionname: 'Orchard.ship',
    onclickeventjavascriptwebresourceid: libraryId,
    statecode: 0,
  });
});

test('importing it again changes the row there is', async () => {
  await target.add([aTable('ora_Deal'), library, anAppAction('ora__Ship', onDeals + calls('[]'))]);
  await target.add([
    aTable('ora_Deal'),
    library,
    anAppAction('ora__Ship', `${onDeals}<hidden>1</hidden>${calls('[]')}`),
  ]);
  expect(target.rows('select hidden from appaction')).toEqual([{ hidden: 1 }]);
});

test.each([
  ['of a table there is not', '<context>1</context><contextvalue>ora_none</contextvalue>', /^0x8004801F .*'ora_none'/],
  [
    'of an app there is not',
    '<appmoduleid><uniquename>ora_None</uniquename></appmoduleid>',
    /^0x8004801F .*'ora_None'/,
  ],
  ['with parameters that are no array', onDeals + calls('{"type":5}'), /^0x80040216 .*'ora__Ship'/],
  [
    'with a library there is not',
    onDeals + calls('[]').replace(libraryId, '00000000-0000-4000-8000-000000000001'),
    /^0x8004801F .*web resource/,
  ],
])('refuses a command %s, and keeps nothing', async (_what, inner, refusal) => {
  expect(await target.refuse([aTable('ora_Deal'), library, anAppAction('ora__Ship', inner)])).toMatch(refusal);
  expect(target.rows('select 1 from appaction')).toEqual([]);
});

test('says that formulas and rules have no effect', async () => {
  const inner = '<onclickeventtype>1</onclickeventtype><visibilitytype>2</visibilitytype>';
  const { warnings } = await target.add([anAppAction('ora__Ship', inner)]);
  expect(warnings).toHaveLength(2);
  expect(warnings.join(' ')).toMatch(/runs a formula.*The rule that shows/s);
});

test('the control of all grids of a table is a row; it must be there', async () => {
  const table = aTable('ora_Deal', { more: aDefaultControl('ora_Orchard.Grid') });
  expect(await target.refuse([table])).toMatch(/^0x8004801F .*'ora_Orchard\.Grid'/);
  const { warnings } = await target.add([table, aControl('ora_Orchard.Grid')]);
  expect(warnings).toEqual([]);
  const [row] = target.rows('select * from customcontroldefaultconfig');
  expect(row!['primaryentitytypecode']).toBe('ora_deal');
  expect(row!['controldescriptionxml']).toContain('name="ora_Orchard.Grid"');
});
