/** One thing the documents say: what is sent, and what must come back. */
export interface ContractCase {
  /** The behaviour, as a sentence. */
  readonly name: string;
  /** Page and section of the public documents, below one of `documents` in `sources.ts`. */
  readonly source: string;
  /** What the target must have; a target without it skips the case and says so. */
  readonly needs?: Need;
  readonly steps: readonly Exchange[];
}

/** `users`: the second users of the fixture. `emulator`: what only the emulator can promise. */
export type Need = 'users' | 'emulator';

/**
 * One request and its answer. Anywhere in it `{name}` stands for a value the fixture or an earlier step gave, and
 * `{new:name}` for a GUID of its own.
 */
export interface Exchange {
  /** Method and URL below the service root (or absolute), readable: it is percent-encoded on the way out. */
  readonly send: string;
  /** Further query options, whose values may hold any character. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, text as it stands, or bytes. */
  readonly body?: object | string;
  /** Parts of a `$batch`, in place of a body. */
  readonly batch?: readonly BatchItem[];
  /** Name of a user of the fixture to act as. */
  readonly as?: string;

  readonly status: number;
  /** Code of the error in the body. */
  readonly code?: string;
  /** A part of the error's message. */
  readonly message?: string;
  /** Values, or patterns, of headers; null for one that must not be there. */
  readonly answers?: Readonly<Record<string, string | RegExp | null>>;
  /** What the JSON of the body holds at least. */
  readonly holds?: object;
  /** Properties that must not be in the body, or in any row of its `value`. */
  readonly lacks?: readonly string[];
  /** The whole text of the body, or a pattern in it. */
  readonly text?: string | RegExp;
  /** `ctr_code` of the rows in `value`, in their order, run together. */
  readonly rows?: string;
  /** The values of one property of the rows in `value`, in their order. */
  readonly column?: readonly [name: string, values: readonly unknown[]];
  /** Statuses of the parts of a `$batch`; a change set that is answered as one is a list. */
  readonly parts?: readonly (number | readonly number[])[];
  /**
   * Keeps values of the answer by name: a property of the body, a header as `header:<name>`,
   * a query option of a link in the body as `option:<name>:<property>`, the id of the row as `id`.
   */
  readonly keep?: Readonly<Record<string, string>>;
}

export type BatchItem = BatchRequest | readonly BatchRequest[];
export interface BatchRequest {
  readonly send: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly id?: string;
}

/** A case of one request. */
export const one = (name: string, source: string, exchange: Exchange, needs?: Need): ContractCase => ({
  name,
  source,
  steps: [exchange],
  ...(needs === undefined ? {} : { needs }),
});
