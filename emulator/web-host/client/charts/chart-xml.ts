/** How a chart is drawn; stacked kinds lay their series on each other. */
export type ChartKind = 'column' | 'bar' | 'line' | 'area' | 'pie' | 'doughnut' | 'funnel';

export interface ChartSeries {
  readonly kind: ChartKind;
  readonly stacking: 'none' | 'stacked' | 'percent';
  /** Alias of the value in the rows of the query. */
  readonly measure: string;
}

export interface Chart {
  readonly fetchXml: string;
  /** Alias of what the rows are grouped by. */
  readonly category: string;
  readonly series: readonly ChartSeries[];
}

/** `ChartType` of a series, as the platform's charts name them. */
const kinds: Readonly<Record<string, Pick<ChartSeries, 'kind' | 'stacking'>>> = {
  Column: { kind: 'column', stacking: 'none' },
  StackedColumn: { kind: 'column', stacking: 'stacked' },
  StackedColumn100: { kind: 'column', stacking: 'percent' },
  Bar: { kind: 'bar', stacking: 'none' },
  StackedBar: { kind: 'bar', stacking: 'stacked' },
  StackedBar100: { kind: 'bar', stacking: 'percent' },
  Line: { kind: 'line', stacking: 'none' },
  Area: { kind: 'area', stacking: 'none' },
  StackedArea: { kind: 'area', stacking: 'stacked' },
  StackedArea100: { kind: 'area', stacking: 'percent' },
  Pie: { kind: 'pie', stacking: 'none' },
  Doughnut: { kind: 'doughnut', stacking: 'none' },
  Funnel: { kind: 'funnel', stacking: 'none' },
};

/**
 * Reads a system chart: its query and how each series is drawn. The order of the series and of the measures is the same.
 *
 * @throws Error in words for a chart that cannot be read, or of a kind that is not emulated
 */
export function readChart(dataDescription: string, presentationDescription: string): Chart {
  const data = parse(dataDescription);
  const fetch = data.querySelector('fetchcollection > fetch');
  const category = data.querySelector('categorycollection > category');
  const entity = fetch?.querySelector(':scope > entity');
  if (fetch === null || category === null || !entity) throw new Error('it has no query or no category.');
  if (fetch.getAttribute('aggregate') !== 'true') throw new Error('its query is no aggregate.');
  const measures = [...category.querySelectorAll(':scope > measurecollection > measure')].map(
    (one) => one.getAttribute('alias') ?? '',
  );
  const drawn = [...parse(presentationDescription).querySelectorAll('Chart > Series > Series')].map(kindOf);
  if (measures.length === 0 || drawn.length === 0) throw new Error('it has no series.');
  return {
    fetchXml: new XMLSerializer().serializeToString(fetch),
    // A category without alias is the first column the rows are grouped by.
    category: category.getAttribute('alias') ?? entity.querySelector('attribute[groupby]')?.getAttribute('alias') ?? '',
    series: measures.map((measure, at) => ({ ...(drawn[at] ?? drawn[0]!), measure })),
  };
}

function kindOf(series: Element): Pick<ChartSeries, 'kind' | 'stacking'> {
  const type = series.getAttribute('ChartType') ?? 'Column';
  const kind = kinds[type];
  if (kind === undefined) throw new Error(`Charts of type '${type}' are not emulated. See docs/support-matrix.md.`);
  return kind;
}

function parse(xml: string): Document {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  if (document.querySelector('parsererror') !== null) throw new Error('its XML is not well-formed.');
  return document;
}
