import { Fault } from '../../kernel/index.ts';

/** A fault in one line: its name here, the platform's code, the HTTP status, what is said, and what it is about. */
export const fault = (
  name: string,
  code: string,
  status: number,
  message: string,
  facts: Record<string, unknown> = {},
) => new Fault(name, { code, status }, message, facts);
