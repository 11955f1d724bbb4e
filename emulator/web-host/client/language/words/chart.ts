import { wordsOf } from '../speak';

export const chartWords = wordsOf({
  show: ['Show Chart', 'Diagramm anzeigen'],
  hide: ['Hide Chart', 'Diagramm ausblenden'],
  pane: ['Charts', 'Diagramme'],
  select: ['Select a chart', 'Diagramm auswählen'],
  none: ['There is no chart for this table.', 'Für diese Tabelle gibt es kein Diagramm.'],
  empty: ['No data available', 'Keine Daten verfügbar'],
  asTable: ['View as table', 'Als Tabelle anzeigen'],
  blank: ['(blank)', '(leer)'],
  countOf: ['Count:All ({0})', 'Anzahl:Alle ({0})'],
  countColumnOf: ['Count:Non-empty ({0})', 'Anzahl:Nicht leer ({0})'],
  sumOf: ['Sum ({0})', 'Summe ({0})'],
  avgOf: ['Average ({0})', 'Durchschnitt ({0})'],
  minOf: ['Min ({0})', 'Min. ({0})'],
  maxOf: ['Max ({0})', 'Max. ({0})'],
  narrowed: ['Showing rows of: {0}', 'Angezeigte Zeilen: {0}'],
  clear: ['Clear filter of the chart', 'Filter des Diagramms aufheben'],
  week: ['Week {0} {1}', 'Woche {0} {1}'],
  quarter: ['Q{0} {1}', 'Q{0} {1}'],
  fiscalYear: ['FY{0}', 'GJ{0}'],
  fiscalPeriod: ['Period {0} {1}', 'Periode {0} {1}'],
  useArrows: [
    'Chart: {0}. Use the arrow keys to move between values.',
    'Diagramm: {0}. Mit den Pfeiltasten zwischen den Werten wechseln.',
  ],
  notRead: ['This chart cannot be read: {0}', 'Dieses Diagramm kann nicht gelesen werden: {0}'],
});
