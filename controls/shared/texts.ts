/** Texts by key from the host's resource file, `{0}`, `{1}` … filled in. Values go in last and as they are: never as a pattern. */
export function textsFrom(getString: (key: string) => string) {
  return (key: string, ...values: readonly string[]): string =>
    getString(key).replace(/\{(\d)\}/g, (mark, index) => values[Number(index)] ?? mark);
}
