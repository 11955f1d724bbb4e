/**
 * Fields whose values X++ calculates, by the AOT name of their data entity: nothing of theirs is written to a table, so a change of
 * them alone is no data operation, and raises no data event.
 *
 * Decided: which they are; the published field lists do not say it.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/data-entity-computed-columns-virtual-fields
 */
export const virtualFields: Readonly<Record<string, readonly string[]>> = {
  smmContactPersonV2Entity: ['AssociatedPartyNumber'],
  CDSPostalAddressHistoryV2Entity: ['Address'],
  DirPartyLocationPostalAddressV2Entity: ['FormattedDeliveryAddress'],
};
