import { readJson, request, type HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Row } from '../query/index.ts';
import { companyByCode } from './companies.ts';
import { passesRange } from './filters.ts';
import type { TableMap } from './table-map.ts';
import { columnsOf, findRow } from './to-dataverse.ts';

export interface MapComparison {
  readonly map: string;
  readonly same: number;
  /** Rows of finance and operations the map does not take, and why. */
  readonly skipped: { readonly filter: number; readonly company: number };
  readonly missingInDataverse: readonly Readonly<Record<string, unknown>>[];
  readonly different: readonly {
    readonly key: Readonly<Record<string, unknown>>;
    readonly columns: readonly {
      readonly column: string;
      readonly dataverse: unknown;
      readonly financeOperations: unknown;
    }[];
  }[];
  readonly errors: readonly { readonly key: Readonly<Record<string, unknown>>; readonly error: string }[];
}

/** Compares every row of a running map with its other side. Differs: rows that only Dataverse has are not looked for. */
export async function compareMap(map: TableMap, dataverse: Dataverse, handle: HttpHandler): Promise<MapComparison> {
  const page = readJson(
    await handle(request('GET', `/data/${map.entity.set}?cross-company=true`, { authorization: 'Bearer dual-write' })),
  ) as { value: EntityRow[] };
  const result = {
    map: map.definition.displayName,
    same: 0,
    skipped: { filter: 0, company: 0 },
    missingInDataverse: [] as Record<string, unknown>[],
    different: [] as MapComparison['different'][number][],
    errors: [] as MapComparison['errors'][number][],
  };
  for (const row of page.value) {
    const key = Object.fromEntries(map.entity.key.map((name) => [name, row[name]]));
    if (!passesRange(map.leg.sourceFilter, (name) => row[name])) {
      result.skipped.filter += 1;
      continue;
    }
    const company = map.isCompanyBound ? await companyByCode(String(row['dataAreaId']), dataverse) : undefined;
    if (map.isCompanyBound && company?.isEnabled !== true) {
      result.skipped.company += 1;
      continue;
    }
    try {
      const id = await findRow(map, row, company, dataverse);
      if (id === undefined) result.missingInDataverse.push(key);
      else {
        const columns = differences(
          await columnsOf(map, row, dataverse, false),
          (await dataverse.organization.retrieve(map.table.logicalName, id, 'all'))!,
        );
        if (columns.length === 0) result.same += 1;
        else result.different.push({ key, columns });
      }
    } catch (error) {
      result.errors.push({ key, error: (error as Error).message });
    }
  }
  return result;
}

function differences(expected: Row, actual: Row) {
  const shown = (value: Row[string] | undefined) =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null);
  return Object.entries(expected).flatMap(([column, value]) =>
    shown(value) === shown(actual[column])
      ? []
      : [{ column, dataverse: shown(actual[column]), financeOperations: shown(value) }],
  );
}
