import type { ReadingState } from '../shared/reading';
import { checkAddress, type MaxLengths, type Problem } from './check';
import type { HeldAddresses } from './held-addresses';
import { addressFrom, fields, isSameText, onOneLine, type Address, type Field, type Side } from './model';

/** What the host says of one column. */
export interface FieldTraits {
  readonly isReadOnly: boolean;
  /** Column security hides the value from this user. */
  readonly isMasked: boolean;
  /** The host's own error text for this column; empty for none. */
  readonly error: string;
  readonly maxLength: number | undefined;
}

export interface FieldView {
  readonly field: Field;
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly isMasked: boolean;
  readonly problem: Problem | undefined;
  readonly error: string;
  /** What finance and operations holds, only where it differs. */
  readonly heldText: string | undefined;
}

/** How an address stands to the other side's; `unknown` while nothing has been read. */
export interface CardView {
  readonly side: Side;
  readonly fields: readonly FieldView[];
  readonly standing: 'unknown' | 'reading' | 'same' | 'differs';
  readonly differences: number;
  /** The whole address finance and operations holds, on one line; empty when it holds none. */
  readonly heldLine: string;
}

export type Traits = Readonly<Record<Field, FieldTraits>>;

/** Lays out one address: pure, so that every state can be looked at without a host. */
export function cardOf(side: Side, address: Address, traits: Traits, held: ReadingState<HeldAddresses>): CardView {
  const other = held.value?.addresses?.[side];
  const problems = checkAddress(address, maxLengthsOf(traits));
  const views = fields.map((field): FieldView => {
    const { isMasked, isReadOnly, error } = traits[field];
    const differs = other !== undefined && !isMasked && !isSameText(address[field], other[field]);
    return {
      field,
      value: isMasked ? '' : address[field],
      isReadOnly: isReadOnly || isMasked,
      isMasked,
      problem: isMasked || isReadOnly ? undefined : problems[field],
      error,
      heldText: differs ? other[field] : undefined,
    };
  });
  const differences = views.filter(({ heldText }) => heldText !== undefined).length;
  return {
    side,
    fields: views,
    differences,
    standing: standingOf(held, other, differences),
    heldLine: other === undefined ? '' : onOneLine(withoutMasked(other, traits)),
  };
}

function standingOf(
  held: ReadingState<HeldAddresses>,
  other: Address | undefined,
  differences: number,
): CardView['standing'] {
  if (other !== undefined) return differences === 0 ? 'same' : 'differs';
  return held.status === 'reading' ? 'reading' : 'unknown';
}

/** What the user may not read here must not show through the other side's copy of it. */
const withoutMasked = (address: Address, traits: Traits) =>
  addressFrom((field) => (traits[field].isMasked ? '' : address[field]));

const maxLengthsOf = (traits: Traits): MaxLengths =>
  Object.fromEntries(fields.map((field) => [field, traits[field].maxLength]));
