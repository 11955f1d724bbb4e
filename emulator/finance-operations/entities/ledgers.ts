import { publishedFields } from './fields.ts';
import { storedEntity } from './stored-entity.ts';

/** Accounting currency and exchange rate type of each legal entity. Decided: the fields this stands on, not all. */
export const ledgers = storedEntity({
  name: 'LedgerEntity',
  set: 'Ledgers',
  label: 'Ledgers',
  id: 0x1a06,
  ...publishedFields('LedgerEntity'),
});
