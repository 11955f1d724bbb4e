import { faults } from '../../../../../emulator/finance-operations/faults.ts';
import { createClock, createRateLimits } from '../../../../../emulator/kernel/index.ts';

// finance-operations reference, 7: 52 requests at once and 1,200 seconds of execution in 300, with the published words.
function limited() {
  const time = { now: 0, machineMs: 0 };
  const clock = createClock(() => time.now);
  const limits = createRateLimits(clock, faults, () => time.machineMs);
  clock.stop();
  return { time, limits };
}

test('52 requests of a user run at once, no more; another user is let in', () => {
  const { limits } = limited();
  const running = Array.from({ length: 52 }, () => limits.enter('us'));
  expect(() => limits.enter('us')).toThrow('Number of concurrent requests exceeded the limit of 52.');
  limits.enter('them').leave();
  running[0]!.leave();
  limits.enter('us').leave();
});

test('a user has 1,200 seconds of execution in 300, and waits for the rest', () => {
  const { time, limits } = limited();
  const takes = (seconds: number) => {
    const request = limits.enter('us');
    time.machineMs += seconds * 1000;
    request.leave();
  };
  takes(700);
  takes(500);
  expect(() => limits.enter('us')).toThrow(
    'Combined execution time of incoming requests exceeded limit of 1200 seconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
  );
  time.now += 301_000;
  takes(1);
});
