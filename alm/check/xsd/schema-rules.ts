import type { RuleText } from '../rule.ts';

/** What validation against the published schemas finds. */
export const schemaRules: readonly RuleText[] = [
  {
    id: 'schema',
    severity: 'error',
    code: '0x8004801A',
    fails: 'The schema of customizations.xml refuses it, and the import validates before it does anything else.',
    mend: 'Write what the schema asks for, as an export of the platform has it.',
  },
  {
    id: 'schema-unknown',
    severity: 'warning',
    code: '0x8004801A',
    fails: 'The published schemas do not know it: the import refuses it, unless it is newer than they are.',
    mend: 'Correct the name or the place; leave it when an export of the platform has it there.',
  },
];
