import { readAddressGeneration, type AddressGeneration } from '../shared/address-generation';
import { readCompanyCode } from '../shared/company-code';
import { Reading } from '../shared/reading';
import type { RowReader } from '../shared/rows';
import { readHeldAddresses, type HeldAddresses } from './held-addresses';
import { HandedOut } from './handed-out';
import {
  isSameAddresses,
  normalised,
  withField,
  type Addresses,
  type Field,
  type PropertyName,
  type Side,
} from './model';
import { readSavedAddresses } from './saved-addresses';

export interface SessionInput {
  readonly addresses: Addresses;
  readonly accountNumber: string;
  readonly companyId: string | undefined;
  /** Whether the host names a cause that has nothing to do with values, e.g. the size of the form. */
  readonly isLayoutOnly: boolean;
}

export interface SessionHost {
  readonly reader: () => RowReader;
  /** There are new outputs. */
  readonly outputsChanged: () => void;
  /** Draw again. */
  readonly draw: () => void;
}

/** A save shows as an update without cause; several come together. */
const settleAfterMs = 300;

/** What the editor knows between two updates of its host: values, what is saved, what finance and operations holds. */
export class AddressSession {
  values!: Addresses;
  saved!: Addresses;
  readonly held: Reading<HeldAddresses>;
  readonly generation: Reading<AddressGeneration>;
  private customer = '';
  private input: SessionInput | undefined;
  private readonly handedOut = new HandedOut();
  private isOwnDraw = false;
  private savedVersion: string | undefined;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: SessionHost) {
    const draw = () => this.draw();
    this.held = new Reading(draw);
    this.generation = new Reading(draw);
  }

  get isEdited(): boolean {
    return !isSameAddresses(this.values, this.saved);
  }

  outputs(): Partial<Record<PropertyName, string | null>> {
    return this.handedOut.outputs(this.values);
  }

  /** Takes in what the host shows now. */
  show(input: SessionInput): void {
    const isOwnDraw = this.isOwnDraw;
    this.isOwnDraw = false;
    const customer = `${input.accountNumber}|${input.companyId ?? ''}`;
    if (this.input === undefined || customer !== this.customer) this.open(input, customer);
    else {
      const { values, arrival } = this.handedOut.takeIn(this.values, this.input.addresses, input.addresses);
      this.values = values;
      const isCauseless = arrival === 'same' && !isOwnDraw && !input.isLayoutOnly;
      if (arrival === 'changed' || (isCauseless && this.isEdited)) this.settleSoon();
    }
    this.input = input;
  }

  edit(side: Side, field: Field, text: string): void {
    this.handOut(withField(this.values, side, field, normalised(field, text)));
  }

  copyShippingToBilling(): void {
    this.handOut({ ...this.values, billing: this.values.shipping });
  }

  undo(): void {
    this.handOut(this.saved);
  }

  /** Reads everything again, because the user asks. */
  refresh(): void {
    this.generation.again(() => readAddressGeneration(this.host.reader()));
    this.readHeldAgain();
    this.draw();
  }

  stop(): void {
    clearTimeout(this.settleTimer);
    this.held.stop();
    this.generation.stop();
  }

  private open(input: SessionInput, customer: string): void {
    clearTimeout(this.settleTimer);
    this.customer = customer;
    this.values = input.addresses;
    this.saved = input.addresses;
    this.savedVersion = undefined;
    this.handedOut.forget();
    this.generation.ask('account', () => readAddressGeneration(this.host.reader()));
    const { accountNumber, companyId } = input;
    if (accountNumber === '' || companyId === undefined) this.held.clear();
    else this.held.ask(customer, () => this.readHeld(accountNumber, companyId));
  }

  private handOut(values: Addresses): void {
    if (!this.handedOut.add(this.values, values)) return;
    this.values = values;
    this.host.outputsChanged();
    this.draw();
  }

  private draw(): void {
    this.isOwnDraw = true;
    this.host.draw();
  }

  private async readHeld(accountNumber: string, companyId: string): Promise<HeldAddresses> {
    const reader = this.host.reader();
    const known = this.held.state.value?.companyCode;
    return readHeldAddresses(accountNumber, known ?? (await readCompanyCode(companyId, reader)), reader);
  }

  private readHeldAgain(): void {
    const { accountNumber, companyId } = this.input!;
    if (accountNumber !== '' && companyId !== undefined) this.held.again(() => this.readHeld(accountNumber, companyId));
  }

  private settleSoon(): void {
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => void this.settle(), settleAfterMs);
  }

  /** Looks whether the account was saved since, which costs one narrow read, and only then at the other side. */
  private async settle(): Promise<void> {
    const customer = this.customer;
    const { accountNumber, companyId } = this.input!;
    if (accountNumber === '' || companyId === undefined) return;
    // Without the answer the editor only knows less: what was saved when the form was opened.
    const saved = await readSavedAddresses(accountNumber, companyId, this.host.reader()).catch(() => undefined);
    if (saved === undefined || customer !== this.customer || saved.version === this.savedVersion) return;
    this.savedVersion = saved.version;
    this.saved = saved.addresses;
    this.readHeldAgain();
    this.draw();
  }
}
