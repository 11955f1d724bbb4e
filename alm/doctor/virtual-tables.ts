import { attribute, child, children, writeXml, type SolutionPackage } from '../../packaging/index.ts';
import type { Check, Diagnosis } from './diagnosis.ts';
import { filter, quoted, type Row, type WebApi } from './web-api.ts';

export const catalogue = 'mserp_financeandoperationsentities';

/** A virtual table of finance and operations that the solution needs. */
export interface VirtualTable {
  readonly table: string;
  /** Undefined when finance and operations offers no such entity. */
  readonly id: string | undefined;
  readonly isVisible: boolean;
}

/** Virtual tables the solution needs, and whether each is visible. */
export const checkVirtualTables: Check = async ({ api, solution }) =>
  (await neededTables(api, solution)).map(({ table, id, isVisible }): Diagnosis => {
    const about = { check: 'virtual-tables', subject: table };
    if (isVisible) return { ...about, level: 'ok', what: `The virtual table ${table} is visible.` };
    if (id === undefined)
      return {
        ...about,
        level: 'error',
        what: `Finance and operations offers no entity for the virtual table ${table}.`,
        todo: 'Update finance and operations, or build the entity into it; then refresh its catalogue.',
      };
    return {
      ...about,
      level: 'error',
      what: `The virtual table ${table} is not visible.`,
      todo: 'Run doctor with --make-visible, or set Visible in Available Finance and Operations Entities.',
    };
  });

/** @returns in alphabetical order */
export async function neededTables(api: WebApi, solution: SolutionPackage): Promise<VirtualTable[]> {
  const rows = await api.list(
    `${catalogue}?$select=mserp_financeandoperationsentityid,mserp_physicalname,mserp_hasbeengenerated`,
  );
  const offered = new Map(rows.map((row) => [`mserp_${String(row['mserp_physicalname']).toLowerCase()}`, row]));
  const named = new Set([
    ...tablesOfDependencies(solution),
    ...wordsOf(solution).filter((word) => offered.has(word)),
    ...wordsOf(solution).flatMap((word) => singulars(word).filter((one) => offered.has(one))),
  ]);
  return [...named].sort().map((table) => ({ table, ...standing(offered.get(table)) }));
}

const standing = (row: Row | undefined) => ({
  id: row === undefined ? undefined : String(row['mserp_financeandoperationsentityid']),
  isVisible: row?.['mserp_hasbeengenerated'] === true,
});

/** Whether a table that was not visible is visible now. */
export async function isVisible(api: WebApi, table: string): Promise<boolean> {
  const name = filter(`mserp_hasbeengenerated eq true and contains(mserp_physicalname,${quoted(table.slice(6))})`);
  const rows = await api.list(`${catalogue}?$select=mserp_physicalname&${name}`);
  return rows.some((row) => `mserp_${String(row['mserp_physicalname']).toLowerCase()}` === table);
}

/** Tables the package itself says it needs of others. */
function tablesOfDependencies({ manifest }: SolutionPackage): string[] {
  const root = child(manifest, 'SolutionManifest') ?? manifest;
  return children(child(root, 'MissingDependencies'), 'MissingDependency').flatMap((dependency) => {
    const required = child(dependency, 'Required');
    if (required === undefined || attribute(required, 'type') !== '1') return [];
    const name = attribute(required, 'schemaName')?.toLowerCase() ?? '';
    return name.startsWith('mserp_') ? [name] : [];
  });
}

/** Words of virtual tables and columns in all there is of the package; flows name tables by their sets. */
function wordsOf(solution: SolutionPackage): string[] {
  const texts = [writeXml(solution.customizations), writeXml(solution.manifest)].map(String);
  for (const [path, content] of solution.files)
    if (/\.(json|js|xml|html)$|^(workflows|webresources)\//i.test(path)) texts.push(content.toString('utf8'));
  return [...new Set(texts.flatMap((text) => text.match(/mserp_[A-Za-z0-9_]+/g) ?? []))].map((word) =>
    word.toLowerCase(),
  );
}

const singulars = (word: string): string[] =>
  word.endsWith('ies') ? [`${word.slice(0, -3)}y`] : word.endsWith('s') ? [word.slice(0, -1)] : [];
