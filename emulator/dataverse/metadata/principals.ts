import type { TableMetadata } from './model.ts';

/** Users and teams: rows of the abstract type `principal`, whose key is `ownerid`, beside one of their own. */
export const isPrincipal = ({ logicalName }: Pick<TableMetadata, 'logicalName'>): boolean =>
  logicalName === 'systemuser' || logicalName === 'team';
