/** Counts asynchronous work in flight (event deliveries, flow runs), so that the console can wait for quiet. */
export interface Work {
  /** Runs `task` in the background; a failure is reported to `onError`, never lost and never fatal. */
  start(name: string, task: () => Promise<void>): void;
  readonly running: number;
  /** Waits inside a task without counting as running: a flow that sleeps until tomorrow does not keep anybody waiting. */
  asleep<T>(waiting: Promise<T>): Promise<T>;
  /** The same by hand: the task counts no more until the answer is called. */
  pause(): () => void;
  /** Waits for nothing any more: what runs has been dropped. */
  stop(): void;
  /** Resolves true when nothing runs any more, false after `timeoutMs`. */
  quiet(timeoutMs: number): Promise<boolean>;
}

export function createWork(onError: (name: string, error: unknown) => void): Work {
  let running = 0;
  let isStopped = false;
  const waiting = new Set<() => void>();
  function leave(): void {
    running -= 1;
    if (running <= 0) wake();
  }
  function wake(): void {
    for (const one of [...waiting]) one();
  }
  function pause(): () => void {
    leave();
    return () => void (running += 1);
  }
  return {
    pause,
    stop() {
      isStopped = true;
      wake();
    },
    get running() {
      return running;
    },
    start(name, task) {
      running += 1;
      void (async () => {
        try {
          await task();
        } catch (error) {
          onError(name, error);
        } finally {
          leave();
        }
      })();
    },
    async asleep(promise) {
      const goOn = pause();
      try {
        return await promise;
      } finally {
        goOn();
      }
    },
    async quiet(timeoutMs) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        // What has just woken begins in this turn of the loop.
        if (running <= 0 && !isStopped) await new Promise((turn) => setImmediate(turn));
        if (running <= 0 || isStopped) return true;
        const left = deadline - Date.now();
        if (left <= 0) return false;
        await new Promise<void>((wake) => {
          const timer = setTimeout(finish, left);
          function finish() {
            clearTimeout(timer);
            waiting.delete(finish);
            wake();
          }
          waiting.add(finish);
        });
      }
    },
  };
}
