import {
  printMatrix,
  runFaultMatrix,
  startWorld,
  type Cell,
  type FaultScenario,
  type World,
} from '../support/fault-matrix/index.ts';
import { countLimitWrites, creditLimitScenario, sales, status } from '../support/credit-limit.ts';

let world: World;
let writes: Awaited<ReturnType<typeof countLimitWrites>>;
const scenario = creditLimitScenario(() => world);
beforeAll(async () => {
  world = await startWorld();
  writes = await countLimitWrites(world);
}, 600_000);
afterAll(async () => {
  await writes?.close();
  await world?.close();
});

const chain = ['credit-limit-route', 'credit-limit-apply', 'credit-limit-confirm'];

/** Time for the scheduled flow to find what got stuck, and for what it set going to come to its end. */
async function letReconcileRun(): Promise<void> {
  for (let quarter = 0; quarter < 3; quarter++) {
    await world.advance(16 * 60_000);
    await world.settle();
  }
}

const only = process.env['CELLS'];

function approval(limit: number): FaultScenario {
  let incident = '';
  return {
    flows: chain,
    async act() {
      incident = await scenario.openCase('US-001', limit);
      await world.settle();
      if ((await scenario.requestsOf(incident)).length === 0) await letReconcileRun();
      const [request] = await scenario.requestsOf(incident);
      if (request === undefined) return;
      const decided = await scenario.decide(incident, sales);
      expect([decided.status, decided.text]).toEqual([204, '']);
    },
    /** Nobody resubmits anything: what got stuck is found by the scheduled flow. */
    recover: async () => {
      await letReconcileRun();
      const [request] = await scenario.requestsOf(incident);
      if (request?.fno_decision === null) await scenario.decide(incident, sales);
      if (request?.statuscode === status.failed) await scenario.retry(incident);
      await world.settle();
      await letReconcileRun();
    },
    /** While it fails: nothing is done twice, and somebody can see that it is not done. */
    async checkBroken(_world: World, cell: Cell) {
      const requests = await scenario.requestsOf(incident);
      expect(requests.length).toBeLessThanOrEqual(1);
      expect(await writes.count()).toBeLessThanOrEqual(1);
      const mails = await scenario.mails();
      expect(mails.length).toBeLessThanOrEqual(1);
      const { statecode, Incident_Annotation: notes } = await scenario.caseOf(incident);
      const isDone = (requests[0]?.fno_informedon ?? null) !== null && statecode === 1;
      const says =
        requests.length > 0 || notes.length > 0 || (await world.runs()).some((run) => run.status === 'Failed');
      expect({ cell: cell.action, visible: isDone || says }).toEqual({ cell: cell.action, visible: true });
      if (requests[0]?.statuscode === status.confirmed && !isDone)
        expect(await world.runs('credit-limit-confirm')).toContainEqual(expect.objectContaining({ status: 'Failed' }));
    },
    async check() {
      if (!(await isFinished())) await letReconcileRun();
      const [request, ...more] = await scenario.requestsOf(incident);
      expect(more).toEqual([]);
      expect(request).toMatchObject({ statecode: 1, statuscode: status.confirmed, fno_reason: null });
      expect(request.fno_informedon).not.toBeNull();
      expect((await scenario.customerInFinanceOperations('US-001')).CreditLimit).toBe(limit);
      const found = await scenario.caseOf(incident);
      expect({
        writes: await writes.count(),
        mails: (await scenario.mails()).map(({ to }) => to),
        case: found.statecode,
        resolutions: found.Incident_IncidentResolutions.length,
        emails: found.Incident_Emails.length,
        notes: found.Incident_Annotation.length,
      }).toEqual({
        writes: 1,
        mails: [['hanna.harbor@harborlight.example']],
        case: 1,
        resolutions: 1,
        emails: 1,
        notes: 1,
      });
    },
    ...(only === undefined
      ? {}
      : { only: ({ flow, action, fault }: Cell) => new RegExp(only).test(`${flow}/${action ?? ''} ${fault}`) }),
  };

  async function isFinished(): Promise<boolean> {
    const [request] = await scenario.requestsOf(incident);
    return (request?.fno_informedon ?? null) !== null;
  }
}

test('whatever fails on the way: the limit is written once, the case resolved once, one mail sent', async () => {
  const cells = await runFaultMatrix(world, approval(5000));
  console.log(printMatrix(cells));
  expect(cells.filter(({ isRight }) => !isRight)).toEqual([]);
  if (only === undefined) expect(cells.length).toBeGreaterThan(120);
}, 1_800_000);
