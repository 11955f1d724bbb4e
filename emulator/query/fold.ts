const marks = /\p{Mn}/gu;

/** Text as comparisons see it: without accents, in lower case. The usual collation of the platform ignores both. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(marks, '').toLowerCase();
}
