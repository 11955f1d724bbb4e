import { readCompanyCode } from '../shared/company-code';
import { Reading } from '../shared/reading';
import type { RowReader } from '../shared/rows';
import { readFirst, readNext, type PageReader, type RelatedRows } from './related-rows';
import type { Setup } from './setup';

export interface RelatedInput {
  readonly setup: Setup;
  readonly anchor: string;
  readonly companyId: string;
}

export interface RelatedHost {
  readonly reader: () => PageReader & RowReader;
  readonly metadata: (table: string, columns: string[]) => Promise<unknown>;
  readonly draw: () => void;
}

/** What is known of the related rows between two updates of the host. */
export class RelatedSession {
  readonly rows: Reading<RelatedRows>;
  readonly metadata: Reading<unknown>;
  private input: RelatedInput | undefined;

  constructor(private readonly host: RelatedHost) {
    this.rows = new Reading(() => host.draw());
    this.metadata = new Reading(() => host.draw());
  }

  /** Takes in whose rows are wanted now; undefined for none. */
  show(input: RelatedInput | undefined): void {
    this.input = input;
    if (input === undefined) return this.rows.clear();
    const { table, columns } = input.setup;
    this.metadata.ask(JSON.stringify([table, columns]), () => this.host.metadata(table, [...columns]));
    this.rows.ask(JSON.stringify(input), () => this.read(input));
  }

  refresh(): void {
    const { input } = this;
    if (input === undefined || this.rows.state.status === 'reading') return;
    this.rows.again(() => this.read(input));
    this.host.draw();
  }

  more(): void {
    const { input } = this;
    const known = this.rows.state.value;
    if (input === undefined || known?.next === undefined || this.rows.state.status === 'reading') return;
    this.rows.again(() => readNext(input.setup, known, this.host.reader()));
    this.host.draw();
  }

  stop(): void {
    this.rows.stop();
    this.metadata.stop();
  }

  private async read({ setup, anchor, companyId }: RelatedInput): Promise<RelatedRows> {
    const reader = this.host.reader();
    const companyCode = await readCompanyCode(companyId, reader);
    return readFirst(setup, { anchor, companyCode }, reader);
  }
}
