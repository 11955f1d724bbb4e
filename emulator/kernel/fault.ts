/**
 * A failure a client may meet. Each service keeps a catalogue of named faults (`faults.ts`) and renders them at its edge;
 * anything else that is thrown is our own mistake and answered as 500 with a trace id.
 */
export class Fault extends Error {
  constructor(
    override readonly name: string,
    readonly wire: { readonly code: string; readonly status: number },
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Refuses, by name, what the emulator lacks; every such feature has a row in docs/support-matrix.md. */
export function notEmulated(feature: string, instead: string): Fault {
  return new Fault(
    'notEmulated',
    { code: 'NotEmulated', status: 501 },
    `${feature} is not emulated. ${instead} See docs/support-matrix.md.`,
    { feature },
  );
}
