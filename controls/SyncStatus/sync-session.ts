import { readCompanyCode } from '../shared/company-code';
import { Reading } from '../shared/reading';
import type { Row, RowReader } from '../shared/rows';
import { columnsOf } from './columns';
import { comparePair } from './compare';
import type { Column, Comparison, Pair } from './model';
import { readOwnRow, readTwin, type TwinKey } from './twin-rows';

export interface SyncInput {
  readonly key: TwinKey;
  readonly pairs: readonly Pair[];
  /** Whether the host names a cause that has nothing to do with values. */
  readonly isLayoutOnly: boolean;
}

export interface SyncHost {
  readonly reader: () => RowReader;
  readonly metadata: (table: string, columns: string[]) => Promise<unknown>;
  readonly now: () => Date;
  readonly draw: () => void;
}

/** A save shows as an update without cause; several come together. */
const checkAfterMs = 500;

/** What is known of a row and its twin between two updates of the host. */
export class SyncSession {
  readonly comparison: Reading<Comparison>;
  private input: SyncInput | undefined;
  private identity = '';
  private columns: Promise<Column[]> | undefined;
  private companyCode: Promise<string> | undefined;
  private version: unknown;
  private isOwnDraw = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: SyncHost) {
    this.comparison = new Reading(() => {
      this.isOwnDraw = true;
      host.draw();
    });
  }

  /** Takes in what the host shows now; undefined when there is nothing to compare. */
  show(input: SyncInput | undefined): void {
    const isOwnDraw = this.isOwnDraw;
    this.isOwnDraw = false;
    this.input = input;
    const identity = input === undefined ? '' : JSON.stringify([input.key, input.pairs]);
    if (identity !== this.identity) this.open(identity);
    else if (input !== undefined && !isOwnDraw && !input.isLayoutOnly) this.checkSoon();
  }

  refresh(): void {
    if (this.input === undefined) return;
    this.columns = undefined;
    this.companyCode = undefined;
    this.comparison.again(() => this.compare());
    this.isOwnDraw = true;
    this.host.draw();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.comparison.stop();
  }

  private open(identity: string): void {
    clearTimeout(this.timer);
    this.identity = identity;
    this.columns = undefined;
    this.companyCode = undefined;
    if (this.input === undefined) this.comparison.clear();
    else this.comparison.ask(identity, () => this.compare());
  }

  private checkSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), checkAfterMs);
  }

  /** Looks at the row alone, which is cheap; only when it was saved since is its twin read. */
  private async check(): Promise<void> {
    const { input, identity } = this;
    if (input === undefined || this.comparison.state.status === 'reading') return;
    const own = await this.readOwn(input).catch(() => undefined);
    if (own === undefined || identity !== this.identity || own['versionnumber'] === this.version) return;
    this.comparison.again(() => this.compare(own));
  }

  private async compare(known?: Row): Promise<Comparison> {
    const input = this.input!;
    const reader = this.host.reader();
    this.companyCode ??= readCompanyCode(input.key.companyId, reader);
    const code = this.companyCode.catch((error: unknown) => {
      this.companyCode = undefined;
      throw error;
    });
    const [companyCode, own] = await Promise.all([code, known ?? this.readOwn(input)]);
    const at = this.host.now();
    if (own === undefined) return { outcome: 'notHere', companyCode, at };
    const twin = await readTwin(input.key, companyCode, input.pairs, reader);
    this.version = own['versionnumber'];
    if (twin === undefined) return { outcome: 'notThere', companyCode, at };
    const columns = await this.readColumns(input);
    return {
      outcome: 'compared',
      pairs: input.pairs.map((pair, index) => comparePair(pair, columns[index]!, own, twin)),
      at,
    };
  }

  private async readOwn(input: SyncInput): Promise<Row | undefined> {
    return readOwnRow(input.key, await this.readColumns(input), this.host.reader());
  }

  /** Without what the host knows of the columns they are compared as text, under their own names. */
  private readColumns({ pairs }: SyncInput): Promise<Column[]> {
    const names = pairs.map(({ here }) => here);
    this.columns ??= this.host.metadata('account', names).then(
      (metadata) => columnsOf(pairs, metadata),
      () => columnsOf(pairs, undefined),
    );
    return this.columns;
  }
}
