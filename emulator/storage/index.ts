export { countSource, readGroups, type GroupRow } from './aggregates.ts';
export { foldedName, isText, sqlColumns, tableName } from './columns.ts';
export { compileQuery, type Shapes } from './compile-query.ts';
export { openDatabase, type Database, type SqlRow, type SqlValue } from './database.ts';
export { dropColumns, dropIndex, dropTable } from './drop.ts';
export { createOutbox } from './outbox.ts';
export { escapeLike } from './like-pattern.ts';
export { countRows, readRows, type QueryRow } from './read-rows.ts';
export { addIndex, createTable, deleteRow, existsRow, insertRow, readRow, updateRow } from './rows.ts';
