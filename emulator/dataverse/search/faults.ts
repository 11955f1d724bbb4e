import { Fault } from '../../kernel/index.ts';

/** What Dataverse search says when it refuses. */
export const faults = {
  /** @see https://learn.microsoft.com/power-apps/developer/data-platform/search/overview#error-when-search-not-enabled */
  searchDisabled: () =>
    new Fault(
      'searchDisabled',
      { code: '0x80048d0b', status: 400 },
      'Dataverse Search feature is disabled for this organization.',
    ),
  /** Decided: code and wording; what the real service says of a request it cannot read is not documented. */
  badSearch: (message: string) => new Fault('badSearch', { code: '0x80040203', status: 400 }, message),
} as const;
