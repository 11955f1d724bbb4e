import { messages, names } from './german.ts';

/** The language a user has when nobody chose one. */
export const usualLanguage = 'en-us';

/** Languages users may have. */
export const userLanguages = ['en-us', 'de'] as const;

interface Wording {
  readonly pattern: RegExp;
  /** Characters that are no blanks: the wording with the most of them is the one that was meant. */
  readonly weight: number;
  readonly text: string;
}

const german: readonly Wording[] = Object.entries(messages)
  .map(([english, text]) => ({
    pattern: new RegExp(`^${english.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('…', '(.*?)')}$`, 's'),
    weight: english.replaceAll('…', '').length,
    text,
  }))
  .sort((one, other) => other.weight - one.weight);

const germanNames = new Map(Object.entries(names).map(([english, text]) => [english.toLowerCase(), text]));

/**
 * A message of the infolog in the language of the user, as X++ code that runs for that user writes it; what is put into it are
 * names, which are translated too, and values. A message nobody has worded in that language stays English.
 *
 * @param language of the user's record, e.g. `de`, `de-at`, `en-us`
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/entity-modeling#error-handling
 */
export function inLanguage(message: string, language: string): string {
  if (!/^de\b/i.test(language)) return message;
  for (const { pattern, text } of german) {
    const given = pattern.exec(message);
    if (given !== null)
      return text.replaceAll(/\{(\d)\}/g, (_hole, index: string) => {
        const put = given[Number(index)]!;
        return germanNames.get(put.toLowerCase()) ?? put;
      });
  }
  return message;
}
