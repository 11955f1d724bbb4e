export type * from './query.ts';
export type * from './table-shape.ts';
