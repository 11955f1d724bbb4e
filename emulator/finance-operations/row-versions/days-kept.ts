/**
 * Days a deletion is remembered, and a version is good to ask from: fewer than of tables of Dataverse.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/rowversion-change-track
 */
export const daysKept = 10;
