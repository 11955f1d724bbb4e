import { fault } from './fault.ts';

/** What duplicate detection says. */
export const duplicates = {
  duplicateFound: () =>
    fault(
      'duplicateFound',
      '0x80040333',
      412,
      'A record was not created or updated because a duplicate of the current record already exists.',
    ),
  duplicateDetectionOff: () =>
    fault(
      'duplicateDetectionOff',
      '0x80048412',
      400,
      'Duplicate detection is not enabled. To enable duplicate detection, click Settings, click Data Management, and then click Duplicate Detection Settings.',
    ),
  noDuplicateRules: (table: string) =>
    fault('noDuplicateRules', '0x80048410', 400, 'Duplicate detection is not supported on this record type.', {
      table,
    }),
  notComparable: (column: string) =>
    fault(
      'notComparable',
      '0x80048430',
      400,
      'The rule condition cannot be created or updated because duplicate detection is not supported on the data type of the selected attribute.',
      { column },
    ),
  emptyRule: () =>
    fault(
      'emptyRule',
      '0x80048414',
      400,
      'No criteria have been specified. Add criteria, and then publish the duplicate detection rule.',
    ),
  tooManyRules: (table: string) =>
    fault(
      'tooManyRules',
      '0x80048419',
      400,
      'The selected record type already has the maximum number of published rules. Unpublish or delete existing rules for this record type, and then try again.',
      { table },
    ),
  duplicatePair: () => fault('duplicatePair', '0x80040237', 412, 'Cannot insert duplicate key.'),
} as const;
