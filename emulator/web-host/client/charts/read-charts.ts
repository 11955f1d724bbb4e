import { chartWords } from '../language/words/chart';
import type { Column, Table } from '../web-api/metadata';
import { readTable } from '../web-api/metadata';
import { get, listAllowed, type Row } from '../web-api/web-api';
import { chartData, type ChartData } from './chart-data';
import { chartQuery, type ChartScope } from './chart-query';
import { readChart, type Chart } from './chart-xml';

export interface ChartDescription {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly data: string;
  readonly presentation: string;
}

/** Charts that solutions bring for a table, the default first; none for a user who may not read them. */
export async function readCharts(table: string): Promise<ChartDescription[]> {
  const rows = await listAllowed(
    `savedqueryvisualizations?$select=savedqueryvisualizationid,name,isdefault,datadescription,presentationdescription&$filter=primaryentitytypecode eq '${table}'&$orderby=name`,
  );
  const charts = rows.map((row) => ({
    id: String(row['savedqueryvisualizationid']),
    name: String(row['name']),
    isDefault: row['isdefault'] === true,
    data: String(row['datadescription'] ?? ''),
    presentation: String(row['presentationdescription'] ?? ''),
  }));
  return charts.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

export interface DrawnChart {
  readonly chart: Chart;
  readonly data: ChartData;
  readonly categoryLabel: string;
}

/** Asks for what the chart shows: one aggregate query. */
export async function readChartData(
  description: ChartDescription,
  table: Table,
  scope: ChartScope,
): Promise<DrawnChart> {
  const chart = readChartInWords(description);
  const fetch = encodeURIComponent(chartQuery(chart.fetchXml, scope));
  const [{ value }, labels] = await Promise.all([
    get<{ value: Row[] }>(`${table.set}?fetchXml=${fetch}`),
    readLabels(chart.fetchXml, table),
  ]);
  return {
    chart,
    data: chartData(chart, value, (alias) => labels.get(alias) ?? alias),
    categoryLabel: labels.get(chart.category) ?? chart.category,
  };
}

function readChartInWords({ data, presentation }: ChartDescription): Chart {
  try {
    return readChart(data, presentation);
  } catch (error) {
    const { message } = error as Error;
    throw message.includes('not emulated') ? error : new Error(chartWords('notRead', message));
  }
}

const aggregates = {
  count: 'countOf',
  countcolumn: 'countColumnOf',
  sum: 'sumOf',
  avg: 'avgOf',
  min: 'minOf',
  max: 'maxOf',
} as const;

/**
 * What groups and measures are called, by alias.
 *
 * Decided: measures are named after the aggregate and the column, as in "Sum (Est. Revenue)".
 */
async function readLabels(fetchXml: string, table: Table): Promise<Map<string, string>> {
  const fetch = new DOMParser().parseFromString(fetchXml, 'application/xml');
  const attributes = [...fetch.querySelectorAll('attribute[alias]')];
  return new Map(
    await Promise.all(
      attributes.map(async (attribute): Promise<[string, string]> => {
        const name = attribute.getAttribute('name') ?? '';
        const column = (await columnsOf(attribute, table)).get(name);
        const label = column?.label ?? name;
        const aggregate = attribute.getAttribute('aggregate') as keyof typeof aggregates | null;
        const words = aggregate === null ? undefined : aggregates[aggregate];
        return [attribute.getAttribute('alias')!, words === undefined ? label : chartWords(words, label)];
      }),
    ),
  );
}

async function columnsOf({ parentElement }: Element, table: Table): Promise<ReadonlyMap<string, Column>> {
  if (parentElement?.tagName !== 'link-entity') return table.columns;
  return (await readTable(parentElement.getAttribute('name')!)).columns;
}
