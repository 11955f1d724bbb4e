import type { Value } from '../expressions/value.ts';
import type { ConnectorResult } from './connectors.ts';

const json = { 'Content-Type': 'application/json' };

export const ok = (body: Value, statusCode = 200): ConnectorResult => ({ statusCode, headers: json, body });

/** An answer with nothing in it. */
export const nothing = (statusCode: number): ConnectorResult => ({ statusCode, headers: {}, body: null });

export const refuse = (statusCode: number, code: string, message: string): ConnectorResult => ({
  statusCode,
  headers: json,
  body: { error: { code, message } },
});
