import type { Outbox } from '../../kernel/index.ts';
import { asText } from '../expressions/as-text.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { approvalTypes, type Approval, type ApprovalStore, type ApprovalType, type Person } from './approval-store.ts';
import type { ConnectorCall, Operations } from './connectors.ts';
import { addressesOf, objectOf, required } from './parameters.ts';
import { nothing, ok, refuse } from './result.ts';
import type { Waits } from './waits.ts';

export const approvalsApi = 'shared_approvals';

export interface ApprovalParts {
  readonly approvals: ApprovalStore;
  readonly waits: Waits;
  readonly outbox: Outbox;
  readonly user: (connectionReference: string | undefined) => string;
  /** The person an address or an id names; undefined when the organisation has none. */
  readonly person: (name: string) => Promise<Person | undefined>;
}

/** What is created when there is nothing wrong with it. */
type Created = { readonly approval: Approval } | { readonly refusal: ReturnType<typeof refuse> };

/**
 * The Approvals connector: create, wait, or both at once. Approvals are answered on the page Approvals or at the console.
 *
 * @see https://learn.microsoft.com/connectors/approvals
 */
export function approvalsOperations(parts: ApprovalParts): Operations {
  const { approvals, waits } = parts;
  return {
    async CreateAnApproval(call) {
      const created = await create(call, 'ApprovalCreationInput', parts);
      return 'refusal' in created ? created.refusal : ok(shownNew(created.approval), 201);
    },
    async WaitForAnApproval(call) {
      const name = required(call, 'approvalName');
      if (approvals.find(name) === undefined)
        return refuse(404, 'ApprovalNotFound', `There is no approval '${name}' to wait for.`);
      await waits.wait(name, call.callbackUrl ?? '');
      return nothing(201);
    },
    async 'WaitForAnApproval/unsubscribe'(call) {
      await waits.forget(call.callbackUrl ?? '');
      return nothing(200);
    },
    async StartAndWaitForAnApproval(call) {
      const created = await create(call, 'WebhookApprovalCreationInput', parts);
      if ('refusal' in created) return created.refusal;
      await waits.wait(created.approval.name, call.callbackUrl ?? '');
      return ok({ name: created.approval.name }, 201);
    },
    /** Decided: an approval nobody waits for any more is cancelled. */
    async 'StartAndWaitForAnApproval/unsubscribe'(call) {
      const about = waits.about(call.callbackUrl ?? '');
      await waits.forget(call.callbackUrl ?? '');
      if (about !== undefined) await approvals.cancel(about);
      return nothing(200);
    },
  };
}

async function create(call: ConnectorCall, input: string, parts: ApprovalParts): Promise<Created> {
  const wanted = required(call, 'approvalType').toLowerCase();
  const approvalType = approvalTypes.find((type) => type.toLowerCase() === wanted);
  if (approvalType === undefined)
    return wrong('InvalidApprovalType', `There is no approval type '${required(call, 'approvalType')}'.`);
  const given = objectOf(call.parameters, input);
  const text = (name: string) => asText(given[name] ?? '');
  required({ ...call, parameters: { title: given['title'] ?? null } }, 'title');
  const options = optionsOf(approvalType, given['responseOptions']);
  if (options.length === 0)
    return wrong('InvalidResponseOptions', `An approval of type '${approvalType}' needs responseOptions.`);
  const named = addressesOf(text('assignedTo'));
  const approvers = await peopleOf(named, parts);
  if (approvers.length === 0)
    return wrong(
      'InvalidApprovalCreateRequestAssignedToMissing',
      `Required field 'assignedTo' contained no valid users in the organization. Please contact the administrator to look for '${named.join(';')}'.`,
    );
  const approval = await parts.approvals.create({
    approvalType,
    title: text('title'),
    details: text('details'),
    itemLink: text('itemLink') || null,
    itemLinkDescription: text('itemLinkDescription') || null,
    requestor: text('requestor') || parts.user(call.connectionReference),
    approvers,
    options,
  });
  if (text('enableNotifications').toLowerCase() !== 'false') await notify(approval, call, parts.outbox);
  return { approval };
}

const wrong = (code: string, message: string): Created => ({ refusal: refuse(400, code, message) });

/** The two basic types have their answers; the custom ones bring theirs. */
function optionsOf(type: ApprovalType, given: Value | undefined): string[] {
  if (type.startsWith('Basic')) return ['Approve', 'Reject'];
  return isArray(given)
    ? given.map((one) => asText(isObject(one) ? (one['name'] ?? '') : one)).filter((one) => one !== '')
    : [];
}

/** Each once, in the order they were named; who is not in the organisation is left out. */
async function peopleOf(names: readonly string[], { person }: ApprovalParts): Promise<Person[]> {
  const found = new Map<string, Person>();
  for (const name of names) {
    const one = await person(name);
    if (one !== undefined) found.set(one.id, one);
  }
  return [...found.values()];
}

async function notify(
  { title, details, approvers, options }: Approval,
  call: ConnectorCall,
  outbox: Outbox,
): Promise<void> {
  await outbox.put({
    channel: 'mail',
    via: `${call.api}/${call.operation}`,
    from: 'noreply@powerautomate.local',
    to: approvers.map(({ email }) => email),
    subject: `Approvals: ${title}`,
    body: asHtml(details, options),
  });
}

/** Mails are HTML; details are text, whatever it holds. */
function asHtml(details: string, options: readonly string[]): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p style="white-space: pre-line">${escaped(details)}</p><p>${escaped(options.join(' / '))}</p>`;
}

/** What waiting gives when the approval is decided. */
export function shownOutcome(approval: Approval): ValueObject {
  const { responses, outcome, completionDate } = approval;
  return {
    ...shown(approval),
    outcome,
    completionDate,
    responses: responses.map(({ responder, ...response }) => ({ ...response, responder: shownPerson(responder) })),
    responseSummary: responses
      .map(({ responder, approverResponse, comments = '', responseDate }) =>
        [
          `Approver: ${responder.displayName}, ${responder.email}`,
          `Response: ${approverResponse}`,
          `Request date: ${approval.requestDate}`,
          `Response date: ${responseDate}`,
          `Comments: ${comments}`,
        ].join('\n'),
      )
      .join('\n\n'),
  };
}

function shownNew(approval: Approval): ValueObject {
  return {
    ...shown(approval),
    approvers: approval.approvers.map(shownPerson),
    respondLink: `/integration-centre/approvals?id=${approval.name}`,
  };
}

const shown = ({ name, title, details, itemLink, itemLinkDescription, requestDate }: Approval): ValueObject => ({
  name,
  id: name,
  title,
  details,
  itemLink,
  itemLinkDescription,
  requestDate,
  expirationDate: null,
  priority: 'Medium',
});

const shownPerson = (person: Person): ValueObject => ({ ...person, tenantId: '' });
