import type { AddressGeneration } from '../shared/address-generation';
import type { ReadingState } from '../shared/reading';
import type { HeldAddresses } from './held-addresses';
import type { Text, TextKey } from './texts';

/** What stands above both addresses when finance and operations could not be looked at. */
export interface Notice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly mayRetry: boolean;
}

export interface Customer {
  readonly accountNumber: string;
  readonly hasCompany: boolean;
}

export function noticeOf(customer: Customer, held: ReadingState<HeldAddresses>, text: Text): Notice | undefined {
  if (!customer.hasCompany) return { kind: 'info', text: text('NoCompany'), mayRetry: false };
  if (customer.accountNumber === '') return { kind: 'info', text: text('NoAccountNumber'), mayRetry: false };
  if (held.status === 'failed')
    return held.failure.kind === 'noPermission'
      ? { kind: 'warning', text: text('NoPermission'), mayRetry: false }
      : { kind: 'error', text: text('Failed', held.failure.message), mayRetry: true };
  if (held.status === 'read' && held.value.addresses === undefined)
    return { kind: 'info', text: text('NotFound', customer.accountNumber, held.value.companyCode), mayRetry: false };
  return undefined;
}

const reasons: Readonly<Record<Extract<AddressGeneration, { kind: 'notKnown' }>['why'], TextKey>> = {
  notRunning: 'GenerationNotRunning',
  noPermission: 'GenerationNoPermission',
  unreadable: 'GenerationUnreadable',
  failed: 'GenerationFailed',
};

/** Which of the two maps carries the addresses, or plainly why that is not known. */
export function generationText({ value }: ReadingState<AddressGeneration>, text: Text): string {
  if (value === undefined) return text('GenerationReading');
  if (value.kind === 'notKnown') return text('GenerationNotKnown', text(reasons[value.why]));
  return text(value.kind === 'accountMap' ? 'GenerationAccountMap' : 'GenerationAddressBook');
}
