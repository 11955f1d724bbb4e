import type { TableMetadata } from './model.ts';

/** True of e-mails, tasks and the like, and of `activitypointer`, in which all of them are seen: their keys have one name. */
export const isActivity = ({ primaryId }: Pick<TableMetadata, 'primaryId'>): boolean => primaryId === 'activityid';

/** The table under whose name rows of this one are shared: all activities share theirs. */
export const shareTableOf = (table: Pick<TableMetadata, 'primaryId' | 'logicalName'>): string =>
  isActivity(table) ? activityPointers : table.logicalName;

/** The table in which all activities are seen: its rows follow those of the tables of each kind. */
export const activityPointers = 'activitypointer';
