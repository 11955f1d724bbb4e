/**
 * Why a save failed.
 *
 * - `refused`: finance and operations said no; `words` are its own.
 * - `unreachable`: finance and operations did not answer; there are no words worth showing.
 * - `other`: Dataverse itself, or anything else; `words` are the message as it is.
 */
export type Refusal = { readonly kind: 'refused' | 'other'; readonly words: string } | { readonly kind: 'unreachable' };

/**
 * Takes the words of finance and operations out of the message of a failed save. Dual-write wraps them in one of several
 * ways; what is in none of them is shown as it is.
 *
 * @param message e.g. `{"RecordError0":"Write failed for entity Customers V3 with unknown exception - …"}`, alone or inside
 *   another text; or `Writes to … failed with error message …`
 */
export function readRefusal(message: string): Refusal {
  const records = recordErrors(message);
  if (records.length > 0) return { kind: 'refused', words: [...new Set(records.map(unwrapped))].join(' ') };
  if (/failed to process entity \S+ - \(/.test(message)) return { kind: 'unreachable' };
  if (/failed with error message/.test(message)) return { kind: 'refused', words: unwrapped(message) };
  return { kind: 'other', words: message.trim() };
}

/** The texts behind `"RecordError0"`, `"RecordError1"` …; the JSON may stand in the middle of a sentence, or be escaped once more. */
function recordErrors(message: string): string[] {
  const text = message.includes('\\"RecordError') ? message.replace(/\\(["\\])/g, '$1') : message;
  return [...text.matchAll(/"RecordError\d+"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) => {
    try {
      return JSON.parse(`"${quoted}"`) as string;
    } catch {
      return quoted;
    }
  });
}

/** What dual-write and the platform put before the words that matter, from the outside in. */
const wrappings = [
  /^.*Write failed for entity .+? with unknown exception - /s,
  /^.*failed with error message:? /s,
  /^.*response message: /s,
  /^An error occurred in plugin\. /,
  /^.*Infolog: (?:Error|Warning|Info): /s,
];

function unwrapped(message: string): string {
  return wrappings.reduce((text, wrapping) => text.replace(wrapping, ''), message).trim();
}

/** Words that make a refusal one about an address, in English and German, since the words come in the user's language. */
const aboutAddress =
  /\b(address|street|city|county|country|state|province|zip|postal|postcode)|adresse|stra(ß|ss)e|\bort\b|landkreis|\bland\b|\bregion\b|bundesland|postleitzahl|\bplz\b/i;

export function speaksOfAddress(words: string): boolean {
  return aboutAddress.test(words);
}
