/** Why a read failed, as far as the user can do something about it. The message is somebody else's text: never HTML. */
export interface Failure {
  readonly kind: 'noPermission' | 'failed';
  readonly message: string;
}

/** Dataverse: the caller lacks a privilege; the row is not shared; the user has no roles. */
const noPermissionCodes = new Set([0x80040220, 0x80042f09, 0x8004d24b, 0x80072560]);

/** Clients give an error code as a number of either sign, or as text. */
function readCode(code: unknown): number | undefined {
  const number = typeof code === 'string' ? Number(code) : code;
  return typeof number === 'number' && Number.isFinite(number) ? number >>> 0 : undefined;
}

/**
 * Reads what a rejected Web API call was rejected with: `{ message, errorCode }` in model-driven apps, an Error elsewhere.
 *
 * Decided: finance and operations refuses a user it does not know with a text and no code of its own, so its words
 * ("not authorized") are read too.
 */
export function failureOf(error: unknown): Failure {
  const { message, errorCode, code } = (error ?? {}) as { message?: unknown; errorCode?: unknown; code?: unknown };
  const text = typeof message === 'string' && message.trim() !== '' ? message : String(error ?? '');
  const number = readCode(errorCode ?? code);
  const isDenied =
    (number !== undefined && noPermissionCodes.has(number)) || /\bprivilege\b|not authorized|unauthorized/i.test(text);
  return { kind: isDenied ? 'noPermission' : 'failed', message: text };
}
