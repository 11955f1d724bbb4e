import { wordsOf } from '../speak';

export const listWords = wordsOf({
  noView: ["The table '{0}' has no public view.", 'Die Tabelle „{0}“ hat keine öffentliche Ansicht.'],
  newRow: ['New', 'Neu'],
  newOf: ['New {0}', 'Neu: {0}'],
  edit: ['Edit', 'Bearbeiten'],
  remove: ['Delete', 'Löschen'],
  commandsOf: ['{0} commands', 'Befehle für {0}'],
  selectView: ['Select a view', 'Ansicht auswählen'],
  filterByKeyword: ['Filter by keyword', 'Nach Schlüsselwort filtern'],
  filterRows: ['Filter {0} by keyword', '{0} nach Schlüsselwort filtern'],
  confirmDeletion: ['Confirm Deletion', 'Löschen bestätigen'],
  confirmDeletionText: [
    "Do you want to delete this? {0}. You can't undo this action.",
    'Möchten Sie dies löschen? {0}. Diese Aktion kann nicht rückgängig gemacht werden.',
  ],
  nothing: ['We didn’t find anything to show here', 'Es wurde nichts gefunden, das hier angezeigt werden kann'],
  noMatch: [
    'No records match “{0}”. Try another keyword.',
    'Keine Datensätze entsprechen „{0}“. Versuchen Sie ein anderes Schlüsselwort.',
  ],
  noMoreRows: ['No more rows', 'Keine weiteren Zeilen'],
  rangeOf: ['{0} of {1}', '{0} von {1}'],
  previousPage: ['Previous page', 'Vorherige Seite'],
  nextPage: ['Next page', 'Nächste Seite'],
  page: ['Page {0}', 'Seite {0}'],
  ascending: ['Sorted A to Z', 'Von A bis Z sortiert'],
  descending: ['Sorted Z to A', 'Von Z bis A sortiert'],
  selectAll: ['Select or deselect all rows', 'Alle Zeilen auswählen oder Auswahl aufheben'],
  selectRow: ['Select or deselect the row', 'Zeile auswählen oder Auswahl aufheben'],
  noName: ['(no name)', '(kein Name)'],
  commandsUnread: [
    'The commands of this page could not be read. {0}',
    'Die Befehle dieser Seite konnten nicht gelesen werden. {0}',
  ],
});
