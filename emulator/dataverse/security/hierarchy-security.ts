import { notEmulated } from '../../kernel/index.ts';
import type { Step } from '../contract.ts';

/** Settings of the organisation that let managers see the rows of whom they manage. */
const settings = ['usepositionhierarchy', 'maxdepthforhierarchicalsecuritymodel'];

/** Nobody may believe that managers see more than others: what would switch it on is refused. */
export const refuseHierarchySecurity: Step = {
  name: 'Dataverse.HierarchySecurity',
  message: 'Update',
  table: 'organization',
  stage: 10,
  filteringColumns: settings,
  async run({ target }) {
    if (settings.some((name) => target[name] === true || typeof target[name] === 'number'))
      throw notEmulated('Hierarchy security', 'Use business units, teams or shares.');
  },
};
