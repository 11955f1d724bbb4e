/**
 * Why a data entity does not let its changes be tracked (*Allow Row Version Change Tracking*): the rule it breaks, in the
 * platform's words, by its AOT name.
 *
 * Decided: which entities break which rule, by the tables behind them that are documented to be date-effective, filtered or
 * joined; the property itself is published of none. The configuration key *Sql row version change tracking* is on.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/rowversion-change-track
 */
export type Untracked = (entity: string) => string;

const because = (reason: string) => `Change tracking can't be enabled since ${reason}`;

/** A related table has dated versions of its rows. */
export const timeState =
  (table: string): Untracked =>
  (entity) =>
    because(
      `the data source table '${table}' in finance and operations Data Entity '${entity}' has a time state enabled.`,
    );

/** What it shows is computed. */
export const notATable =
  (dataSource: string): Untracked =>
  (entity) =>
    because(`the data source '${dataSource}' in the finance and operations entity '${entity}' isn't a table.`);

/** Rows disappear from the entity without being deleted. */
export const ranges: Untracked = (entity) => because(`the finance and operations entity '${entity}' contains Ranges.`);

/** Rows without a row of the related table are not there. */
export const innerJoin =
  (dataSource: string): Untracked =>
  (entity) =>
    because(
      `the Join Mode defined in the data source '${dataSource}' in the finance and operations entity '${entity}' isn't Outer Join.`,
    );
