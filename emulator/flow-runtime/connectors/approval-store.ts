import { Fault, type Clock, type NewId } from '../../kernel/index.ts';
import type { Database, SqlRow } from '../../storage/database.ts';

export const approvalTypes = ['Basic', 'BasicAwaitAll', 'CustomResponse', 'CustomResponseAwaitAll'] as const;
export type ApprovalType = (typeof approvalTypes)[number];

export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly userPrincipalName: string;
}

export interface ApprovalResponse {
  readonly responder: Person;
  readonly requestDate: string;
  readonly responseDate: string;
  /** One of the approval's options. */
  readonly approverResponse: string;
  readonly comments?: string;
}

/** A request somebody is to decide on. */
export interface Approval {
  readonly name: string;
  readonly approvalType: ApprovalType;
  readonly title: string;
  /** Markdown. */
  readonly details: string;
  readonly itemLink: string | null;
  readonly itemLinkDescription: string | null;
  readonly requestor: string;
  readonly approvers: readonly Person[];
  readonly options: readonly string[];
  readonly status: 'Requested' | 'Completed' | 'Canceled';
  readonly requestDate: string;
  readonly completionDate: string | null;
  readonly outcome: string | null;
  readonly responses: readonly ApprovalResponse[];
}

export type NewApproval = Omit<
  Approval,
  'name' | 'status' | 'requestDate' | 'completionDate' | 'outcome' | 'responses'
>;

export interface GivenResponse {
  /** E-mail address of the approver. */
  readonly by: string;
  readonly response: string;
  readonly comments?: string;
}

/** Approvals of the environment: those who decide, what they said, and what came of it. */
export interface ApprovalStore {
  create(approval: NewApproval): Promise<Approval>;
  find(name: string): Approval | undefined;
  /** Newest first. */
  list(): readonly Approval[];
  /** @throws Fault when there is no such approval, it is closed, or this is not for this person to say */
  respond(name: string, response: GivenResponse): Promise<Approval>;
  /** An approval that waits is waited for no more. */
  cancel(name: string): Promise<void>;
}

interface StoreParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
}

const refused = (message: string) => new Fault('approvalRefused', { code: 'ApprovalRefused', status: 409 }, message);
const noApproval = (name: string) =>
  new Fault('noApproval', { code: 'NotFound', status: 404 }, `There is no approval '${name}'.`);

export function createApprovalStore({ database, clock, newId }: StoreParts): ApprovalStore {
  database.exec(
    'create table if not exists "emulator$approvals" (place integer primary key autoincrement, name text not null unique, approval text not null)',
  );
  const read = (row: SqlRow) => JSON.parse(String(row['approval'])) as Approval;
  const now = () => clock.now().toISOString();

  function find(name: string): Approval | undefined {
    const row = database.get('select approval from "emulator$approvals" where name = ?', [name]);
    return row === undefined ? undefined : read(row);
  }

  /** Reads, decides and writes in one transaction, so that of two answers at once one is told it came late. */
  const change = (name: string, decide: (approval: Approval) => Approval): Promise<Approval> =>
    database.transaction(async () => {
      const approval = find(name);
      if (approval === undefined) throw noApproval(name);
      const changed = decide(approval);
      const values = [JSON.stringify(changed), name];
      database.run('update "emulator$approvals" set approval = ? where name = ?', values);
      return changed;
    });

  return {
    find,
    list: () => database.all('select approval from "emulator$approvals" order by place desc limit 500').map(read),
    async create(given) {
      const state = { status: 'Requested', completionDate: null, outcome: null, responses: [] } as const;
      const approval: Approval = { ...given, ...state, name: newId(), requestDate: now() };
      await database.transaction(async () =>
        database.run('insert into "emulator$approvals" (name, approval) values (?, ?)', [
          approval.name,
          JSON.stringify(approval),
        ]),
      );
      return approval;
    },
    respond: (name, given) => change(name, (approval) => withResponse(approval, given, now())),
    async cancel(name) {
      await change(name, (approval) =>
        approval.status === 'Requested' ? { ...approval, status: 'Canceled' } : approval,
      );
    },
  };
}

function withResponse(approval: Approval, { by, response, comments }: GivenResponse, at: string): Approval {
  const { status, approvers, options, responses, title } = approval;
  const isBy = ({ email }: Person) => email.toLowerCase() === by.toLowerCase();
  if (status !== 'Requested') throw refused(`The approval '${title}' is ${status.toLowerCase()} already.`);
  const responder = approvers.find(isBy);
  if (responder === undefined)
    throw refused(
      `The approval '${title}' is not assigned to '${by}', but to ${approvers.map(({ email }) => email).join(', ')}.`,
    );
  if (responses.some((one) => isBy(one.responder)))
    throw refused(`'${by}' has answered the approval '${title}' already.`);
  if (!options.includes(response))
    throw refused(`The approval '${title}' is answered with ${options.join(' or ')}, not '${response}'.`);
  const said = comments === undefined || comments === '' ? {} : { comments };
  const one = { responder, requestDate: approval.requestDate, responseDate: at, approverResponse: response, ...said };
  return concluded({ ...approval, responses: [...responses, one] }, at);
}

/**
 * The first answer decides, unless everybody is to answer; then one Reject decides too.
 *
 * Decided: the outcome of custom answers of several people is their answers, parted by a comma and a space.
 */
function concluded(approval: Approval, at: string): Approval {
  const { approvalType, responses, approvers } = approval;
  const answers = responses.map(({ approverResponse }) => approverResponse);
  const waitsForAll = approvalType.endsWith('AwaitAll');
  const isRejected = approvalType === 'BasicAwaitAll' && answers.includes('Reject');
  if (waitsForAll && !isRejected && responses.length < approvers.length) return approval;
  const outcome = isRejected ? 'Reject' : approvalType === 'CustomResponseAwaitAll' ? answers.join(', ') : answers[0]!;
  return { ...approval, status: 'Completed', outcome, completionDate: at };
}
