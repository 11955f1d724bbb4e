import { ReviewSession, type ReviewInput } from '../../../../controls/CreditReview/review-session.ts';

const input: ReviewInput = {
  whose: { account: 'US-001', company: 'usmf' },
  caseId: 'c1',
  currentLimit: 2000,
  requestedLimit: 5000,
  activity: '',
  isOpen: true,
};

function start(given: Partial<ReviewInput> = {}) {
  const asked: string[] = [];
  const row: Record<string, unknown> = { fno_creditlimitrequestid: 'r1', statuscode: 1, fno_newactivityon: null };
  const read = async (table: string) => {
    asked.push(table);
    return { entities: table === 'fno_creditlimitrequest' ? [row] : [] };
  };
  const session = new ReviewSession({
    reader: () => ({ retrieveMultipleRecords: read, retrieveRecord: () => Promise.reject(new Error('not asked')) }),
    externalNames: async () => new Map(),
    update: async () => true,
    userId: () => 'u1',
    today: () => '2026-03-01',
    now: () => new Date('2026-03-01T10:00:00Z'),
    draw: () => undefined,
    reload: () => undefined,
  });
  session.show({ ...input, ...given });
  asked.length = 0;
  return { session, asked, row };
}

test('an open request is looked after by one read; without news nothing else is read', async () => {
  const { session, asked } = start();
  await session.check();
  session.stop();
  expect(asked).toEqual(['fno_creditlimitrequest']);
  expect(session.activitySeen).toBe('');
});

test('what it was told since is seen, and every figure is read once more, once', async () => {
  const { session, asked, row } = start();
  row['fno_newactivityon'] = '2026-03-01T09:59:00Z';
  await session.check();
  await session.check();
  session.stop();
  expect(session.activitySeen).toBe('2026-03-01T09:59:00Z');
  expect(asked.filter((table) => table === 'fno_creditlimitrequest')).toHaveLength(2);
  expect(asked.filter((table) => table.startsWith('mserp_'))).toHaveLength(6);
});

test('a decided request is not looked after', async () => {
  const { session, asked } = start({ isOpen: false });
  await session.check();
  session.stop();
  expect(asked).toEqual([]);
});
