const german = 1031;

/** Texts by key, English and German. */
const texts = {
  notInDualWrite: [
    'This account is not sent to finance and operations: it needs a company and the relationship type Customer.',
    'Diese Firma wird nicht an Finance and Operations gesendet: Sie braucht ein Unternehmen und den Beziehungstyp Debitor.',
  ],
  refused: ['Finance and operations did not accept the change, so nothing was saved: {0}', 'Finance and Operations hat die Änderung nicht angenommen, nichts wurde gespeichert: {0}'],
  unreachable: [
    'Finance and operations could not be reached, so nothing was saved. Try again in a moment. ({0})',
    'Finance and Operations war nicht erreichbar, nichts wurde gespeichert. Versuchen Sie es gleich noch einmal. ({0})',
  ],
  noAddressRows: ['This account has no address rows to write to; nothing was saved.', 'Diese Firma hat keine Adresszeilen zum Schreiben; nichts wurde gespeichert.'],
} as const;

/** The text in the user's language, `{0}` filled in. */
export function textFor(key: keyof typeof texts, languageId: number, argument = ''): string {
  return texts[key][languageId === german ? 1 : 0].replace('{0}', () => argument);
}
