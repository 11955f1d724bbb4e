/** Why a save failed, in the words of finance and operations where it spoke. */
export interface Refusal {
  readonly kind: 'refused' | 'unreachable' | 'other';
  readonly message: string;
  /** It speaks of an address. */
  readonly isAboutAddress: boolean;
}

/**
 * Takes the words of finance and operations out of a failed save: the last infolog message inside
 * `{"RecordError0":"Write failed for entity … with unknown exception - …"}`, or the reason of a transport error.
 */
export function readRefusal(text: string): Refusal {
  const written = /Write failed for entity .+? with unknown exception - (.*?)"?\}?\s*$/s.exec(unescaped(text))?.[1];
  if (written !== undefined) return { kind: 'refused', message: written.trim(), isAboutAddress: /address|country|region|street|city|state|zip|postal|county/i.test(written) };
  const transport = /failed to process entity \S+ - \((.*)\)/s.exec(text)?.[1];
  if (transport !== undefined) return { kind: 'unreachable', message: transport.trim(), isAboutAddress: true };
  return { kind: 'other', message: text, isAboutAddress: false };
}

/** The message is JSON inside a message; its quotes may be escaped. */
function unescaped(text: string): string {
  const start = text.indexOf('{"RecordError0"');
  if (start < 0) return text;
  try {
    const end = text.lastIndexOf('}');
    return (JSON.parse(text.slice(start, end + 1)) as { RecordError0: string }).RecordError0;
  } catch {
    return text;
  }
}
