import { PacError } from './surroundings.ts';

/** `switch` stands alone or before `true` or `false`; `text` takes what follows. */
export interface Option {
  readonly kind: 'switch' | 'text';
  /** Short or older names, without dashes. */
  readonly aliases?: readonly string[];
  readonly isRequired?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

export interface Arguments {
  text(name: string): string | undefined;
  /** @throws PacError when it was left out */
  required(name: string): string;
  is(name: string): boolean;
}

/**
 * Reads arguments as `pac` takes them: names in any letter case, one dash or two, switches with or without a value.
 *
 * @throws PacError for a name there is not, a text without its value, and one that is required and left out
 */
export function readArguments(given: readonly string[], options: Options): Arguments {
  const values = new Map<string, string>();
  for (let place = 0; place < given.length; place += 1) {
    const written = given[place]!;
    const name = nameOf(written, options);
    const next = given[place + 1];
    if (options[name]!.kind === 'switch') {
      const isSaid = next !== undefined && /^(true|false|yes|no)$/i.test(next);
      values.set(name, isSaid ? next.toLowerCase() : 'true');
      if (isSaid) place += 1;
      continue;
    }
    if (next === undefined) throw new PacError(`The value for argument ${written} is missing.`);
    values.set(name, next);
    place += 1;
  }
  for (const [name, { isRequired }] of Object.entries(options))
    if (isRequired && !values.has(name)) throw missing(name);
  return {
    text: (name) => values.get(name),
    required(name) {
      const value = values.get(name);
      if (value === undefined || value === '') throw missing(name);
      return value;
    },
    is: (name) => /^(true|yes)$/.test(values.get(name) ?? ''),
  };
}

const missing = (name: string) => new PacError(`The required argument --${name} is missing.`);

function nameOf(written: string, options: Options): string {
  const bare = /^--?(?=[a-z])/i.test(written) ? written.replace(/^--?/, '').toLowerCase() : undefined;
  const found = Object.entries(options).find(
    ([name, { aliases = [] }]) => bare !== undefined && [name, ...aliases].some((one) => one.toLowerCase() === bare),
  );
  if (found === undefined)
    throw new PacError(
      `The argument '${written}' is not known here. There is: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    );
  return found[0];
}
