import { errorOf } from './web-api';

/** What a command of finance and operations asks for. */
export interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'company' | 'amount' | 'date' | 'yesNo' | 'choice' | 'texts';
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
}

export interface Command {
  readonly name: string;
  readonly label: string;
  readonly parameters: readonly Parameter[];
}

export interface ChangeProposal {
  readonly id: string;
  readonly company: string;
  readonly customerAccount: string;
  readonly field: string;
  readonly oldValue: string;
  readonly newValue: string;
  readonly state: string;
  readonly createdOn: string;
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`/_emulator/finance-operations/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

export const readCommands = async () => (await call<{ value: readonly Command[] }>('GET', 'commands')).value;
export const readProposals = async () =>
  (await call<{ value: readonly ChangeProposal[] }>('GET', 'change-proposals')).value;

/** What the command tells: numbers of documents, amounts. */
export const runCommand = (name: string, parameters: object) =>
  call<Readonly<Record<string, unknown>>>('POST', `commands/${name}`, parameters);
