import type { AddIn } from '../add-in.ts';
import type { AddInParts } from '../contract.ts';

/** Makes the virtual tables somebody works with visible, so that nobody has to look for them in the catalogue. */
export const virtualTableStarter = ({ showTables }: AddInParts): AddIn => ({
  uniqueName: 'VirtualTableStarter',
  name: 'Virtual table starter',
  version: '1.0.0.0',
  description: 'Makes the virtual tables of the data entities named in its configuration visible.',
  settings: [
    { name: 'entities', label: 'Data entities, parted by commas', type: 'text', default: 'CustCustomerGroupEntity' },
  ],
  setUp: ({ entities }) =>
    showTables(
      String(entities)
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  // Tables stay: rows of others may point at them.
  remove: async () => undefined,
  start: () => () => undefined,
});
