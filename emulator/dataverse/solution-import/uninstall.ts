import { notEmulated } from '../../kernel/index.ts';
import type { Step } from '../contract.ts';

/** Uninstalling takes tables, columns and rows along. Deleting the solution's row alone would be half of it: refused. */
export const refuseUninstall: Step = {
  name: 'Dataverse.Uninstall',
  table: 'solution',
  message: 'Delete',
  stage: 10,
  async run() {
    throw notEmulated('Uninstalling a solution', 'Start with --reset and import the solutions that are to stay.');
  },
};
