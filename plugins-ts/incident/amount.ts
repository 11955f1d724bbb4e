/** Why an amount cannot be asked for. */
export type AmountProblem = 'noAmount' | 'notAbove' | 'aboveHighest';

/**
 * Checks a wanted credit limit: above the current one, and within what the environment allows at all. What is not known is
 * not judged: the flow that applies the limit looks again.
 */
export function amountProblem(
  wanted: number | null,
  { current, highest }: { readonly current: number | undefined; readonly highest: number | undefined },
): AmountProblem | undefined {
  if (wanted === null) return 'noAmount';
  if (current !== undefined && wanted <= current) return 'notAbove';
  return highest !== undefined && wanted > highest ? 'aboveHighest' : undefined;
}
