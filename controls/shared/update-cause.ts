/** Causes of an update that have nothing to do with values. */
const layoutCauses = new Set([
  'layout',
  'viewportSizeMode',
  'IsControlDisabled',
  'fullscreen_open',
  'fullscreen_close',
]);

/**
 * Whether the host names only such causes. One that names none, or others, may have saved the row: a control is not told.
 *
 * @param causes `context.updatedProperties`
 */
export function isLayoutOnly(causes: readonly string[] | undefined): boolean {
  return causes !== undefined && causes.length > 0 && causes.every((cause) => layoutCauses.has(cause));
}
