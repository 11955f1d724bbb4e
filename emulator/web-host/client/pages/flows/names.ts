import { userLanguage, languages } from '../../language/speak';
import { formatMoment } from '../../language/formats';
import { flowWords } from '../../language/words/flows';
import { operationNames } from './operation-names';
import { recurrenceText } from './recurrence-text';
import type { BranchOutline, TriggerOutline } from '../../web-api/flow-runs';

type Names = readonly [english: string, german: string];

/** What the designer calls each type of action. */
const types: Readonly<Record<string, Names>> = {
  compose: ['Compose', 'Verfassen'],
  if: ['Condition', 'Bedingung'],
  switch: ['Switch', 'Umschalten'],
  foreach: ['Apply to each', 'Auf alle anwenden'],
  until: ['Do until', 'Wiederholen bis'],
  scope: ['Scope', 'Bereich'],
  changeset: ['Perform a changeset request', 'Changeset-Anforderung'],
  query: ['Filter array', 'Array filtern'],
  select: ['Select', 'Auswählen'],
  join: ['Join', 'Verknüpfen'],
  table: ['Create table', 'Tabelle erstellen'],
  parsejson: ['Parse JSON', 'JSON analysieren'],
  initializevariable: ['Initialize variable', 'Variable initialisieren'],
  setvariable: ['Set variable', 'Variable festlegen'],
  incrementvariable: ['Increment variable', 'Variable schrittweise erhöhen'],
  decrementvariable: ['Decrement variable', 'Variable schrittweise verringern'],
  appendtoarrayvariable: ['Append to array variable', 'An Arrayvariable anfügen'],
  appendtostringvariable: ['Append to string variable', 'An Zeichenfolgenvariable anfügen'],
  terminate: ['Terminate', 'Beenden'],
  wait: ['Delay', 'Verzögerung'],
  http: ['HTTP', 'HTTP'],
  httpwebhook: ['HTTP webhook', 'HTTP-Webhook'],
  response: ['Response', 'Antwort'],
  workflow: ['Run a child flow', 'Untergeordneten Flow ausführen'],
  expression: ['Expression', 'Ausdruck'],
  request: ['Request', 'Anforderung'],
  recurrence: ['Recurrence', 'Wiederholung'],
};

const connectors: Readonly<Record<string, string>> = {
  shared_commondataserviceforapps: 'Microsoft Dataverse',
  shared_commondataservice: 'Microsoft Dataverse (legacy)',
  shared_dynamicsax: 'Fin & Ops Apps (Dynamics 365)',
  shared_approvals: 'Approvals',
  shared_office365: 'Office 365 Outlook',
  shared_office365users: 'Office 365 Users',
  shared_teams: 'Microsoft Teams',
  shared_sendmail: 'Mail',
};

interface Step {
  readonly type: string;
  readonly operation?: string | undefined;
}

/** Connector and operation, or what the designer calls the type. */
export function kindOf({ type, operation }: Step): string {
  if (operation === undefined) {
    const names = types[type.toLowerCase()];
    return names === undefined ? type : names[userLanguage() === languages.german ? 1 : 0];
  }
  const [api = '', name = ''] = operation.split('/');
  return `${connectorOf(api)} · ${operationNames[operation] ?? name}`;
}

/** Where the icon tells the connector, the operation alone. */
export const shortKindOf = (step: Step) =>
  step.operation === undefined
    ? kindOf(step)
    : (operationNames[step.operation] ?? step.operation.split('/').at(-1) ?? '');

export const connectorOf = (api: string) => connectors[api] ?? api.replace(/^shared_/, '');

/** Names are shown with spaces, as the designer shows them. */
export const shown = (name: string) => name.replaceAll('_', ' ');

export function triggerText(trigger: TriggerOutline): string {
  const { frequency, interval } = trigger.recurrence ?? {};
  const every = frequency === undefined ? '' : ` · ${recurrenceText(frequency, Number(interval ?? 1))}`;
  const kind = trigger.kind === undefined ? '' : ` · ${trigger.kind}`;
  return shortKindOf(trigger) + (trigger.operation === undefined ? kind : '') + every;
}

export function branchLabel({ kind, name, value }: BranchOutline): string {
  if (kind === 'yes') return flowWords('yes');
  if (kind === 'no') return flowWords('no');
  if (kind === 'default') return flowWords('byDefault');
  if (kind === 'body') return '';
  return flowWords(
    'caseOf',
    typeof value === 'string' || typeof value === 'number' ? String(value) : shown(name ?? ''),
  );
}

const statusKeys = {
  succeeded: 'statusSucceeded',
  failed: 'statusFailed',
  running: 'statusRunning',
  waiting: 'statusWaiting',
  cancelled: 'statusCancelled',
  skipped: 'statusSkipped',
  timedout: 'statusTimedOut',
} as const;

export function statusText(status: string): string {
  const key = statusKeys[status.toLowerCase() as keyof typeof statusKeys];
  return key === undefined ? status : flowWords(key);
}

const conditions = {
  Succeeded: 'isSuccessful',
  Failed: 'hasFailed',
  Skipped: 'isSkipped',
  TimedOut: 'hasTimedOut',
} as const;

export const runAfterText = (statuses: readonly string[]) =>
  statuses.map((status) => flowWords(conditions[status as keyof typeof conditions] ?? 'hasFailed')).join(', ');

interface Lasting {
  readonly startTime: string;
  readonly endTime?: string | undefined;
}

export function durationOf({ startTime, endTime }: Lasting): string {
  if (endTime === undefined) return '';
  const milliseconds = Math.max(0, Date.parse(endTime) - Date.parse(startTime));
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  let left = Math.round(seconds);
  return units
    .slice(first, first + 2)
    .map(([size, name]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return count === 0 ? '' : `${count} ${name}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}

export const momentOf = (text: string) => formatMoment(new Date(text), { second: '2-digit' });
