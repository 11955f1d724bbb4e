import { failureOf, type Failure } from './failure';

/** Where a read stands. While it is read again, and when that fails, the value of the last time stays. */
export type ReadingState<Value> =
  | { readonly status: 'none'; readonly value?: undefined }
  | { readonly status: 'reading'; readonly value?: Value }
  | { readonly status: 'read'; readonly value: Value }
  | { readonly status: 'failed'; readonly value?: Value; readonly failure: Failure };

/**
 * One thing read from outside, kept for as long as its key stays the same. Answers that come too late, for another key
 * or after `stop`, are dropped.
 */
export class Reading<Value> {
  state: ReadingState<Value> = { status: 'none' };
  private key: string | undefined;
  private turn = 0;
  private isStopped = false;

  constructor(private readonly changed: () => void) {}

  /** Reads when the key is another than the last; does nothing otherwise. */
  ask(key: string, read: () => Promise<Value>): void {
    if (key === this.key) return;
    this.key = key;
    this.state = { status: 'none' };
    this.again(read);
  }

  /** Reads whatever the key; what was known stays until the answer. */
  again(read: () => Promise<Value>): void {
    const turn = ++this.turn;
    this.state = { status: 'reading', value: this.state.value };
    read().then(
      (value) => this.settle(turn, { status: 'read', value }),
      (error: unknown) => this.settle(turn, { status: 'failed', value: this.state.value, failure: failureOf(error) }),
    );
  }

  /** Forgets what was read; the next `ask` reads. */
  clear(): void {
    this.key = undefined;
    this.state = { status: 'none' };
    this.turn++;
  }

  stop(): void {
    this.isStopped = true;
  }

  private settle(turn: number, state: ReadingState<Value>): void {
    if (turn !== this.turn || this.isStopped) return;
    this.state = state;
    this.changed();
  }
}
