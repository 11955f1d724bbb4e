/** Texts of the shell, in each language it speaks. */
export type Words = Readonly<Record<string, readonly [english: string, german: string]>>;

export const languages = { english: 1033, german: 1031 } as const;

let spoken: number = languages.english;

/** The language of the user's settings; where the shell does not speak it, it speaks English. */
export function speak(language: number): void {
  spoken = language;
  document.documentElement.lang = languageTag();
}

/** The user's language, also where the shell itself does not speak it: labels of solutions may. */
export const userLanguage = (): number => spoken;

/** As HTML has it. */
export const languageTag = (): string => (spoken === languages.german ? 'de' : 'en');

/**
 * Gives texts by their keys, in the user's language, with values in the place of `{0}`, `{1}` …
 * They are looked up when they are asked for: never keep one in a constant of a module.
 */
export function wordsOf<T extends Words>(words: T): (key: keyof T, ...given: readonly (string | number)[]) => string {
  return (key, ...given) => {
    const [inEnglish, inGerman] = words[key]!;
    const text = spoken === languages.german ? inGerman : inEnglish;
    return text.replace(/\{(\d)\}/g, (_all, at: string) => String(given[Number(at)] ?? ''));
  };
}
