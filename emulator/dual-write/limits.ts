/**
 * What dual-write takes.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/sync-limits
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/pause-for-maintenance
 */
export const limits = {
  /** Rows of one transaction of finance and operations. */
  recordsPerTransaction: 1_000,
  /** Payload of one transaction of Dataverse: 116.85 MB. */
  payloadBytes: Math.floor(116.85 * 1024 * 1024),
  transactionMs: 2 * 60_000,
  legalEntitiesPerTransaction: 250,
  legalEntitiesPerInitialWrite: 40,
  pauseMs: 7 * 24 * 60 * 60_000,
  queueBytes: 1024 ** 3,
  /** How long a catch-up error can be retried. */
  catchUpErrorMs: 24 * 60 * 60_000,
} as const;
