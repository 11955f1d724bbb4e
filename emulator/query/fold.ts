const marks = /\p{Mn}/gu;
const isPlain = /^[\0-\x7f]*$/;

/** Text as comparisons see it: without accents, in lower case. The usual collation of the platform ignores both. */
export function fold(text: string): string {
  return isPlain.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(marks, '').toLowerCase();
}
