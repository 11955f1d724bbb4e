import { ConnectionDropped, Fault } from '../kernel/index.ts';

/** True when a system did not answer, false when an application said no. */
export const isSystemError = (error: unknown): boolean =>
  error instanceof ConnectionDropped || !(error instanceof Fault) || error.wire.status >= 500;
