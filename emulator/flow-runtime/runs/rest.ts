import type { Work } from '../../kernel/index.ts';

/** Tells whether a run is busy: it is, unless every action that has begun waits for the clock or for somebody. */
export interface Rest {
  /** An action has begun; the answer is called when it has ended. */
  begin(): () => void;
  /** Waits without being busy. */
  asleep<T>(waiting: Promise<T>): Promise<T>;
  /** The run is over; what was left to itself counts no more. */
  close(): void;
}

export function createRest(work: Pick<Work, 'pause'>): Rest {
  let begun = 0;
  let sleeping = 0;
  let isOver = false;
  let goOn: (() => void) | undefined;

  function weigh(): void {
    const rests = !isOver && sleeping > 0 && sleeping >= begun;
    if (rests) return void (goOn ??= work.pause());
    goOn?.();
    goOn = undefined;
  }
  function change(actions: number, sleepers: number): void {
    begun += actions;
    sleeping += sleepers;
    weigh();
  }

  return {
    begin() {
      change(1, 0);
      return () => change(-1, 0);
    },
    async asleep(waiting) {
      change(0, 1);
      try {
        return await waiting;
      } finally {
        change(0, -1);
      }
    },
    close() {
      isOver = true;
      weigh();
    },
  };
}
