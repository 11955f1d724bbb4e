import { wordsOf } from '../speak';

export const rowWords = wordsOf({
  activate: ['Activate', 'Aktivieren'],
  deactivate: ['Deactivate', 'Deaktivieren'],
  assign: ['Assign', 'Zuweisen'],
  confirmActivation: ['Confirm {0} Activation', 'Aktivierung bestätigen: {0}'],
  confirmDeactivation: ['Confirm Deactivation', 'Deaktivierung bestätigen'],
  activationText: [
    'Do you want to activate the selected {0} {1}? This action will change the status of the selected {1} to Active.',
    'Möchten Sie die Auswahl ({0} {1}) aktivieren? Der Status wird dadurch auf „Aktiv“ gesetzt.',
  ],
  deactivationText: [
    'Do you want to deactivate the selected {0} {1}? You can reactivate it later, if you wish.',
    'Möchten Sie die Auswahl ({0} {1}) deaktivieren? Sie können sie später wieder aktivieren.',
  ],
  status: ['Status Reason', 'Statusgrund'],
  editMany: ['Edit {0} {1}', '{0} {1} bearbeiten'],
  editManyHint: [
    'What you fill in here is written to every selected row; what you leave empty stays as it is.',
    'Was Sie hier ausfüllen, wird in jede ausgewählte Zeile geschrieben; was Sie leer lassen, bleibt unverändert.',
  ],
  nothingFilledIn: ['Fill in at least one column.', 'Füllen Sie mindestens eine Spalte aus.'],
  assignTitle: ['Assign {0}', '{0} zuweisen'],
  assignText: [
    'You have selected {0} {1}. To whom would you like to assign it?',
    'Sie haben {0} {1} ausgewählt. Wem möchten Sie sie zuweisen?',
  ],
  assignTo: ['Assign to', 'Zuweisen zu'],
  me: ['Me', 'Mir'],
  userOrTeam: ['User or team', 'Benutzer oder Team'],
  noAssignee: ['Choose a user or a team.', 'Wählen Sie einen Benutzer oder ein Team.'],
  resolveCase: ['Resolve Case', 'Anfrage lösen'],
  cancelCase: ['Cancel Case', 'Anfrage abbrechen'],
  reactivateCase: ['Reactivate Case', 'Anfrage erneut aktivieren'],
  resolutionType: ['Resolution Type', 'Lösungstyp'],
  resolution: ['Resolution', 'Lösung'],
  billableTime: ['Billable Time (minutes)', 'Abrechenbare Zeit (Minuten)'],
  remarks: ['Remarks', 'Hinweise'],
  resolve: ['Resolve', 'Lösen'],
  resolutionMissing: ['Enter how the case was resolved.', 'Geben Sie ein, wie die Anfrage gelöst wurde.'],
  cancelCaseText: [
    'Do you want to cancel this case? You can reactivate it later.',
    'Möchten Sie diese Anfrage abbrechen? Sie können sie später wieder aktivieren.',
  ],
  reactivateText: ['Do you want to reactivate this case?', 'Möchten Sie diese Anfrage erneut aktivieren?'],
  complete: ['Mark Complete', 'Als abgeschlossen markieren'],
  someRefused: ['{0} of {1} could not be changed', '{0} von {1} konnten nicht geändert werden'],
});
