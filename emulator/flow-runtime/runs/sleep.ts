import type { Clock } from '../../kernel/index.ts';

/** Waits by the clock; ends early, and is forgotten by the clock, when it is cut short. */
export function sleepOn(clock: Clock, milliseconds: number, cut?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (cut?.aborted) return done();
    const wake = () => {
      cut?.removeEventListener('abort', end);
      done();
    };
    const forget = clock.at(new Date(clock.now().getTime() + milliseconds), wake);
    const end = () => {
      forget();
      done();
    };
    cut?.addEventListener('abort', end, { once: true });
  });
}
