/** What the account's form scripts say, English and German. */
const texts = {
  noCompany: [
    'This account has no company, so it takes no part in dual-write: finance and operations does not see its changes.',
    'Diese Firma hat kein Unternehmen und nimmt daher nicht an der dualen Schreibweise teil: Änderungen gelangen nicht nach Finance and Operations.',
  ],
  notCustomer: [
    'This account is not a customer (relationship type), so it takes no part in dual-write: finance and operations does not see its changes.',
    'Diese Firma ist laut Beziehungstyp kein Kunde und nimmt daher nicht an der dualen Schreibweise teil: Änderungen gelangen nicht nach Finance and Operations.',
  ],
  saving: ['Saving the addresses…', 'Adressen werden gespeichert…'],
  refused: [
    'Finance and operations did not accept the change, and nothing was saved: {0}',
    'Finance and Operations hat die Änderung nicht angenommen; es wurde nichts gespeichert: {0}',
  ],
  unreachable: [
    'Finance and operations could not be reached, and nothing was saved. Try again in a moment.',
    'Finance and Operations war nicht erreichbar; es wurde nichts gespeichert. Versuchen Sie es in einem Moment erneut.',
  ],
  notSaved: ['The account could not be saved: {0}', 'Die Firma konnte nicht gespeichert werden: {0}'],
  noReason: ['no reason was given', 'es wurde kein Grund genannt'],
  noAddressRow: [
    'the account has no row for address {0}, through which the address would reach finance and operations',
    'die Firma hat keine Zeile für Adresse {0}, über die die Adresse nach Finance and Operations gelangt',
  ],
  addressesSaved: [
    'The addresses were saved. The other changes were not.',
    'Die Adressen wurden gespeichert, die übrigen Änderungen nicht.',
  ],
  accountSaved: [
    'The account was saved, but its addresses have not reached finance and operations.',
    'Die Firma wurde gespeichert, ihre Adressen haben Finance and Operations jedoch nicht erreicht.',
  ],
} as const;

export type TextKey = keyof typeof texts;

const german = 1031;

/** A text in the user's language, `{0}` filled in with a value as it is. */
export function text(key: TextKey, value = ''): string {
  const { languageId } = Xrm.Utility.getGlobalContext().userSettings;
  return texts[key][languageId === german ? 1 : 0].replace('{0}', () => value);
}
