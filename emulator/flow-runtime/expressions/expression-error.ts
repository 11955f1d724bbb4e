/** An expression that cannot be read or evaluated; the action it stands in fails with code `InvalidTemplate`. */
export class ExpressionError extends Error {
  readonly code = 'InvalidTemplate';
}
