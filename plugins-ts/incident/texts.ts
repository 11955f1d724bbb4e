import { speaker } from '../shared/speak.ts';

/** What the case's form scripts say, English and German. */
export const text = speaker({
  noAmount: [
    'Enter the credit limit the customer asks for.',
    'Geben Sie das Kreditlimit ein, um das der Kunde bittet.',
  ],
  notAbove: [
    'The wanted limit must be above the current limit of {0}.',
    'Das gewünschte Limit muss über dem aktuellen Limit von {0} liegen.',
  ],
  aboveHighest: [
    'No limit above {0} can be asked for here. Ask for less, or speak to the sales team.',
    'Hier kann kein Limit über {0} beantragt werden. Beantragen Sie weniger, oder sprechen Sie mit dem Vertriebsteam.',
  ],
  noCompanyCustomer: [
    'The customer of this case is a person. Only accounts have a credit limit: choose the account.',
    'Der Kunde dieser Anfrage ist eine Person. Nur Firmen haben ein Kreditlimit: Wählen Sie die Firma.',
  ],
  notRead: [
    'The current limit could not be read, so the amount is not checked: {0}',
    'Das aktuelle Limit konnte nicht gelesen werden; der Betrag wird daher nicht geprüft: {0}',
  ],
});
