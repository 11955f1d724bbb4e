/**
 * What the documents of Dataverse say, asked over HTTP of each target: the emulator in memory, the emulator on a file,
 * or the organisation that `FNO_CONTRACT_URL` names.
 */
import { conditionOperators } from '../../emulator/query/index.ts';
import { check } from './check.ts';
import { groups } from './cases/index.ts';
import { testedFunctions, testedOperators } from './cases/operators.ts';
import { addressOf } from './sources.ts';
import { seed } from './target/seed.ts';
import { Session } from './target/session.ts';
import { targets } from './target/target.ts';

const all = Object.values(groups).flat();

describe.each(targets)('%s', (_name, open) => {
  let session: Session;
  beforeAll(async () => {
    session = new Session(await open());
    const who = await session.send({ send: 'GET WhoAmI', status: 200 });
    session.values.set('me', who.body.UserId);
    session.values.set('unit', who.body.BusinessUnitId);
    session.values.set('organization', who.body.OrganizationId);
    await seed(session);
  }, 600_000);
  afterAll(() => session?.target.close(session.made), 600_000);

  describe.each(Object.entries(groups))('%s', (_group, cases) => {
    test.each(cases.map((one) => [one.name, one] as const))('%s', async (_case, given) => {
      const reason = given.needs === undefined ? undefined : session.target.lacks[given.needs];
      if (reason !== undefined) return console.log(`not asked: ${given.name} (${reason})`);
      await check(given, session);
    });
  });
});

test('there are four hundred cases, each with a name of its own and a source', () => {
  expect(all.length).toBeGreaterThanOrEqual(400);
  expect(all.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index)).toEqual([]);
  expect(all.filter(({ source }) => addressOf(source) === undefined).map(({ name }) => name)).toEqual([]);
});

test('every FetchXML operator and every query function has a case', () => {
  const functions = conditionOperators.flatMap(({ odata }) => odata?.toLowerCase() ?? []);
  expect(conditionOperators.map(({ name }) => name).filter((name) => !testedOperators.includes(name))).toEqual([]);
  expect([...functions, 'contains'].filter((name) => !testedFunctions.includes(name))).toEqual([]);
});
