/** The one clock every room uses; it runs with the wall clock, shifted by what the console adds. */
export interface Clock {
  now(): Date;
  /** Moves the clock; work that has come due starts before this returns. */
  set(time: Date): void;
  advance(milliseconds: number): void;
  /** Runs `work` once when the clock reaches `time`; the answer cancels it. */
  at(time: Date, work: () => void): () => void;
  /** Resolves when the clock has moved on by `milliseconds`. */
  sleep(milliseconds: number): Promise<void>;
  /** True while work is due at or before the present moment (used by `idle`). */
  hasDueWork(): boolean;
  /** Forgets all that was to come; for a platform that is being closed. */
  stop(): void;
}

interface Alarm {
  readonly due: number;
  readonly work: () => void;
}

/** Longest delay `setTimeout` takes without firing at once. */
const longestTimer = 2 ** 31 - 1;

export function createClock(wallClock: () => number = Date.now): Clock {
  let shift = 0;
  let timer: NodeJS.Timeout | undefined;
  const alarms = new Set<Alarm>();
  const current = () => wallClock() + shift;

  function ring(): void {
    const due = [...alarms].filter((alarm) => alarm.due <= current()).sort((a, b) => a.due - b.due);
    for (const alarm of due) if (alarms.delete(alarm)) alarm.work();
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    if (alarms.size === 0) return;
    const next = Math.min(...[...alarms].map((alarm) => alarm.due));
    timer = setTimeout(ring, Math.min(Math.max(next - current(), 0), longestTimer));
    timer.unref();
  }

  const clock: Clock = {
    now: () => new Date(current()),
    set(time) {
      shift += time.getTime() - current();
      ring();
    },
    advance(milliseconds) {
      shift += milliseconds;
      ring();
    },
    at(time, work) {
      const alarm = { due: time.getTime(), work };
      alarms.add(alarm);
      arm();
      return () => {
        alarms.delete(alarm);
        arm();
      };
    },
    sleep: (milliseconds) => new Promise((done) => clock.at(new Date(current() + milliseconds), done)),
    hasDueWork: () => [...alarms].some((alarm) => alarm.due <= current()),
    stop() {
      alarms.clear();
      arm();
    },
  };
  return clock;
}
