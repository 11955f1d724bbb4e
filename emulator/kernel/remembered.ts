/** Texts longer than this are rare and large: what they mean is found out each time. */
const longest = 4000;

/**
 * `make`, asked once for each text: clients send the same headers and options again and again. What it makes depends on the
 * text alone, and nobody changes it. After `most` texts it begins anew.
 */
export function remembered<T>(make: (text: string) => T, most = 1000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const there = known.get(text);
    if (there !== undefined) return there;
    const made = make(text);
    if (text.length > longest) return made;
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
