import { speaker } from '../shared/speak.ts';

/** What form scripts and commands of credit limit requests say, English and German. */
export const text = speaker({
  approve: ['Approve', 'Genehmigen'],
  reject: ['Reject', 'Ablehnen'],
  retry: ['Try again', 'Erneut versuchen'],
  askApprove: [
    'Raise the credit limit of {1} to {0}? It is written to finance and operations at once.',
    'Das Kreditlimit von {1} auf {0} erhöhen? Es wird sofort nach Finance and Operations geschrieben.',
  ],
  askFirst: [
    'Raise the credit limit of {1} to {0}? It is above what one person may approve, so a manager decides after you.',
    'Das Kreditlimit von {1} auf {0} erhöhen? Das übersteigt, was eine Person allein genehmigen darf; nach Ihnen entscheidet eine Führungskraft.',
  ],
  askReject: [
    'Reject the limit of {0} for {1}? The case is resolved and the customer is told.',
    'Das Limit von {0} für {1} ablehnen? Die Anfrage wird gelöst und der Kunde informiert.',
  ],
  notDecided: ['Nothing was decided', 'Es wurde nichts entschieden'],
  decidedAlready: [
    'This request is not open for a decision: {0} (last changed by {1}).',
    'Dieser Antrag steht nicht zur Entscheidung: {0} (zuletzt geändert von {1}).',
  ],
  samePerson: [
    'You gave the first decision; the second one is for somebody else.',
    'Sie haben die erste Entscheidung getroffen; die zweite trifft jemand anderes.',
  ],
  noReason: ['Give a reason first.', 'Geben Sie zuerst eine Begründung an.'],
  aboveHighest: [
    'The wanted limit is above the highest limit the environment allows at all. It can only be rejected.',
    'Das gewünschte Limit übersteigt das höchste Limit, das die Umgebung überhaupt zulässt. Es kann nur abgelehnt werden.',
  ],
  overtaken: [
    '{0} was faster: the request is now “{1}”. Your decision was not saved.',
    '{0} war schneller: Der Antrag steht jetzt auf „{1}“. Ihre Entscheidung wurde nicht gespeichert.',
  ],
  nothingToRetry: [
    'There is nothing to try again: the request is “{0}”.',
    'Es gibt nichts zu wiederholen: Der Antrag steht auf „{0}“.',
  ],
  failed: ['It could not be done: {0}', 'Das hat nicht geklappt: {0}'],
  newActivity: [
    'An invoice or a payment was posted since this review began. Look at the figures again before you decide.',
    'Seit Beginn dieser Prüfung wurde eine Rechnung oder Zahlung gebucht. Sehen Sie sich die Zahlen vor der Entscheidung noch einmal an.',
  ],
  inReview: [
    'In review: look at the customer, give a reason, then approve or reject.',
    'In Prüfung: Sehen Sie sich den Debitor an, geben Sie eine Begründung ein, und genehmigen Sie oder lehnen Sie ab.',
  ],
  waiting: [
    'Approved once. The limit is above what one person may approve: a manager decides next.',
    'Einmal genehmigt. Das Limit übersteigt, was eine Person allein genehmigen darf: Als Nächstes entscheidet eine Führungskraft.',
  ],
  tryingAgain: ['It is being tried again; this takes a moment.', 'Es wird erneut versucht; das dauert einen Moment.'],
  decided: [
    'Decided. What follows is under way; this takes a moment.',
    'Entschieden. Was folgt, ist unterwegs; das dauert einen Moment.',
  ],
  applying: [
    'Approved. The limit is being written to finance and operations; this takes a moment.',
    'Genehmigt. Das Limit wird nach Finance and Operations geschrieben; das dauert einen Moment.',
  ],
  proposed: [
    'Finance and operations took the limit as a proposal. It is confirmed here once somebody approves it there.',
    'Finance and Operations hat das Limit als Vorschlag angenommen. Es wird hier bestätigt, sobald es dort genehmigt ist.',
  ],
  refusedByFinance: [
    'Finance and operations refused the limit. Remove the cause there, then choose Try again.',
    'Finance and Operations hat das Limit abgelehnt. Beheben Sie dort die Ursache, und wählen Sie dann Erneut versuchen.',
  ],
  failedToReach: [
    'Finance and operations could not be reached. Choose Try again once it can.',
    'Finance and Operations war nicht erreichbar. Wählen Sie Erneut versuchen, sobald es wieder erreichbar ist.',
  ],
  confirmed: [
    'Confirmed: finance and operations holds the new limit. The case is resolved and the customer is told.',
    'Bestätigt: Finance and Operations führt das neue Limit. Die Anfrage wird gelöst und der Kunde informiert.',
  ],
  rejected: [
    'Rejected. The case is resolved and the customer is told.',
    'Abgelehnt. Die Anfrage wird gelöst und der Kunde informiert.',
  ],
  notNeeded: [
    'Nothing had to be done: the customer has this limit already.',
    'Es war nichts zu tun: Der Debitor hat dieses Limit bereits.',
  ],
  notSynchronised: [
    'Not applied: finance and operations does not know this customer. Give the account a company and the relationship type Customer, then open a new case.',
    'Nicht angewendet: Finance and Operations kennt diesen Kunden nicht. Geben Sie der Firma ein Unternehmen und den Beziehungstyp Kunde, und eröffnen Sie dann eine neue Anfrage.',
  ],
});
