/** Where a command runs, and what it prints to. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints; the text brings its line ends. */
  write(text: string): void;
}

/** What stands in the way; the text is printed behind `Error: `, and the exit code is 1. */
export class PacError extends Error {}
