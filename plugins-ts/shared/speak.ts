const german = 1031;

/**
 * Texts in the user's language, `{0}`, `{1}` … filled in with values as they are.
 *
 * @param texts by key: English, German
 */
export function speaker<Key extends string>(texts: Readonly<Record<Key, readonly [string, string]>>) {
  return (key: Key, ...values: readonly string[]): string => {
    const { languageId } = Xrm.Utility.getGlobalContext().userSettings;
    const words = texts[key][languageId === german ? 1 : 0];
    return values.reduce((text, value, index) => text.replace(`{${index}}`, () => value), words);
  };
}
