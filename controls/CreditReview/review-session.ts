import { failureOf, type Failure } from '../shared/failure';
import { plainId } from '../shared/odata-text';
import { Reading, type ReadingState } from '../shared/reading';
import type { RowReader } from '../shared/rows';
import { readConsequence, type ConsequenceReader } from './consequence';
import { decisionRow, isOvertaken, readRequest, type Choice, type SavedRequest, type Turn } from './decision';
import type { Consequence, Customer, Day, Exposure, History, TemporaryLimit } from './model';
import * as reads from './review-reads';
import type { GroupLimit, Whose } from './review-reads';

export interface ReviewInput {
  readonly whose: Whose;
  readonly caseId: string;
  /** The limit when the request was made. */
  readonly currentLimit: number;
  readonly requestedLimit: number;
  /** When something new about the customer was told last, as the form has it; empty for never. */
  readonly activity: string;
  /** Whether anybody still waits for a decision: a decided request is not looked after. */
  readonly isOpen: boolean;
}

/** How often an open request is looked after while somebody looks at it: one narrow read of its row. */
const lookAfterMs = 60_000;

export interface ReviewHost {
  readonly reader: () => RowReader;
  readonly externalNames: ConsequenceReader['externalNames'];
  readonly update: (version: string, id: string, row: Record<string, unknown>) => Promise<boolean>;
  readonly userId: () => string;
  readonly today: () => Day;
  readonly now: () => Date;
  readonly draw: () => void;
  /** The form shows what was written. */
  readonly reload: (id: string) => void;
}

/** Parts of the review, each read by itself. */
export interface Parts {
  readonly customer: Customer | undefined;
  readonly history: History;
  readonly exposure: Exposure | undefined;
  readonly temporaryLimits: readonly TemporaryLimit[];
  readonly group: string | undefined;
  readonly accountingCurrency: string;
}
export type PartName = keyof Parts;
export const partNames: readonly PartName[] = [
  'customer',
  'history',
  'exposure',
  'temporaryLimits',
  'group',
  'accountingCurrency',
];

/** How far a decision has come. */
export type Deciding =
  | { readonly step: 'none' }
  | { readonly step: 'asking' | 'sending'; readonly choice: Choice }
  | { readonly step: 'decided'; readonly choice: Choice }
  | { readonly step: 'overtaken'; readonly by: SavedRequest | undefined }
  /** The limit is another than any that was shown. */
  | { readonly step: 'moved'; readonly limit: number }
  | { readonly step: 'samePerson' }
  | { readonly step: 'failed'; readonly choice: Choice; readonly failure: Failure };

/** What is known of a request under review between two updates of the host. */
export class ReviewSession {
  readonly parts: { readonly [Name in PartName]: Reading<Parts[Name]> };
  readonly groupLimit: Reading<GroupLimit | undefined>;
  readonly consequence: Reading<Consequence>;
  deciding: Deciding = { step: 'none' };
  /** When new activity was seen in the request itself, later than the form knows. */
  activitySeen = '';
  private input: ReviewInput | undefined;
  private key = '';
  private activity = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReviewHost) {
    const reading = <Value>() => new Reading<Value>(() => host.draw());
    this.parts = {
      customer: reading(),
      history: reading(),
      exposure: reading(),
      temporaryLimits: reading(),
      group: reading(),
      accountingCurrency: reading(),
    };
    this.groupLimit = reading();
    this.consequence = reading();
  }

  /** Takes in what the host shows now; undefined when there is nothing to read. */
  show(input: ReviewInput | undefined): void {
    this.input = input;
    const key = input === undefined ? '' : JSON.stringify([input.whose, input.caseId]);
    if (key !== this.key) this.open(key);
    else if (input !== undefined && input.activity > this.activity) this.readAll(input.activity);
    this.lookAfter();
  }

  /** Looks whether the request has been told of something since: then everything is read once more. */
  async check(): Promise<void> {
    const { input, key } = this;
    if (input === undefined || !input.isOpen || this.deciding.step === 'sending') return;
    const request = await readRequest(input.caseId, this.host.reader()).catch(() => undefined);
    if (request === undefined || key !== this.key || request.activity <= this.activity) return;
    this.activitySeen = request.activity;
    this.readAll(request.activity);
    this.host.draw();
  }

  refresh(): void {
    for (const name of partNames) this.readAgain(name);
    this.groupLimit.clear();
    this.consequence.clear();
    if (this.deciding.step !== 'sending') this.deciding = { step: 'none' };
    this.host.draw();
  }

  /** Reads one part once more. */
  retry(name: PartName): void {
    this.readAgain(name);
    this.host.draw();
  }

  showGroupLimit(): void {
    const { value: group } = this.parts.group.state;
    if (group === undefined) return;
    this.groupLimit.again(() => reads.readGroupLimit(group, this.host.reader()));
    this.host.draw();
  }

  /** Somebody is about to decide: tells what an approval will do. */
  prepare(choice: Choice): void {
    const { input } = this;
    if (input === undefined || this.deciding.step === 'sending') return;
    this.deciding = { step: 'asking', choice };
    if (choice === 'approve')
      this.consequence.ask(input.whose.company, () =>
        readConsequence(input.whose.company, { reader: this.host.reader(), externalNames: this.host.externalNames }),
      );
    this.host.draw();
  }

  back(): void {
    this.deciding = { step: 'none' };
    this.host.draw();
  }

  /** Writes the decision against the version that was read in the same moment; who comes second is told. */
  async decide(turn: Turn, choice: Choice, reason: string): Promise<void> {
    const { input } = this;
    if (input === undefined || this.deciding.step === 'sending') return;
    this.deciding = { step: 'sending', choice };
    this.host.draw();
    try {
      this.deciding = await this.send(input.caseId, turn, choice, reason);
    } catch (error) {
      this.deciding = { step: 'failed', choice, failure: failureOf(error) };
    }
    this.host.draw();
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const name of partNames) this.parts[name].stop();
    this.groupLimit.stop();
    this.consequence.stop();
  }

  private async send(caseId: string, turn: Turn, choice: Choice, reason: string): Promise<Deciding> {
    const reader = this.host.reader();
    const request = await readRequest(caseId, reader);
    if (request === undefined || isOvertaken(request, turn)) return { step: 'overtaken', by: request };
    const userId = this.host.userId();
    if (turn === 'second' && request.decidedBy === plainId(userId)) return { step: 'samePerson' };
    const { account } = request;
    if (choice === 'approve' && account !== undefined && !this.wasShown(account.limit))
      return { step: 'moved', limit: account.limit };
    const row = decisionRow({ turn, choice, reason, userId, at: this.host.now(), account });
    if (!(await this.host.update(request.version, request.id, row)))
      return { step: 'overtaken', by: await readRequest(caseId, reader) };
    this.host.reload(request.id);
    return { step: 'decided', choice };
  }

  /** A limit that stood neither in the request nor among the figures was not reviewed. */
  private wasShown(limit: number): boolean {
    return limit === this.input?.currentLimit || limit === this.parts.customer.state.value?.limit;
  }

  private open(key: string): void {
    this.key = key;
    this.deciding = { step: 'none' };
    this.activity = this.input?.activity ?? '';
    this.activitySeen = '';
    this.groupLimit.clear();
    this.consequence.clear();
    for (const name of partNames) {
      this.parts[name].clear();
      this.readAgain(name);
    }
  }

  /** What is known stays in sight until the answers. */
  private readAll(activity: string): void {
    this.activity = activity;
    for (const name of partNames) this.readAgain(name);
  }

  private lookAfter(): void {
    clearTimeout(this.timer);
    if (this.input?.isOpen !== true) return;
    this.timer = setTimeout(() => {
      if (typeof document === 'undefined' || document.visibilityState !== 'hidden') void this.check();
      this.lookAfter();
    }, lookAfterMs);
  }

  private readAgain(name: PartName): void {
    const { input } = this;
    if (input !== undefined) (this.parts[name] as Reading<unknown>).again(() => this.read(name, input.whose));
  }

  private read(name: PartName, whose: Whose): Promise<unknown> {
    const reader = this.host.reader();
    switch (name) {
      case 'customer':
        return reads.readCustomer(whose, reader);
      case 'history':
        return reads.readHistory(whose, this.host.today(), reader);
      case 'exposure':
        return reads.readExposure(whose, reader);
      case 'temporaryLimits':
        return reads.readTemporaryLimits(whose, this.host.today(), reader);
      case 'group':
        return reads.readGroup(whose, reader);
      case 'accountingCurrency':
        return reads.readAccountingCurrency(whose.company, reader);
    }
  }
}

export type PartStates = { readonly [Name in PartName]: ReadingState<Parts[Name]> };
