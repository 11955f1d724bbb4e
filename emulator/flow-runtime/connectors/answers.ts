import { Fault, type Clock, type Outbox, type OutboxMessage } from '../../kernel/index.ts';
import type { ApprovalStore, GivenResponse } from './approval-store.ts';
import { shownOutcome } from './approvals.ts';
import { findPerson } from './find-person.ts';
import type { ServiceClient } from './service-client.ts';
import type { Waits } from './waits.ts';

export interface AnswerParts {
  readonly outbox: Outbox;
  readonly approvals: ApprovalStore;
  readonly waits: Waits;
  readonly clock: Clock;
  readonly dataverse: ServiceClient;
  /** As whom the directory is read. */
  readonly owner: () => string;
}

export interface GivenAnswer {
  /** E-mail address of who answers. */
  readonly by: string;
  readonly option: string;
  /** What was filled into the inputs of a card. */
  readonly data?: Readonly<Record<string, unknown>>;
}

const refused = (message: string) => new Fault('answerRefused', { code: 'AnswerRefused', status: 409 }, message);
const noMessage = (id: string) =>
  new Fault('noMessage', { code: 'NotFound', status: 404 }, `There is no message '${id}' in the outbox.`);

/** Answers what flows asked people: approvals, mails with options, cards. @throws Fault in words for one that cannot be */
export function createAnswers(parts: AnswerParts) {
  const { outbox, approvals, waits, clock } = parts;
  return {
    async approval(name: string, given: GivenResponse) {
      const approval = await approvals.respond(name, given);
      if (approval.status === 'Completed') await waits.answer(name, shownOutcome(approval));
      return approval;
    },
    async message(id: string, { by, option, data = {} }: GivenAnswer) {
      const message = outbox.find(id);
      if (message === undefined) throw noMessage(id);
      if (message.options === undefined) throw refused(`The message '${message.subject}' asks nothing.`);
      if (message.answer !== undefined)
        throw refused(`'${message.answer.by}' has answered '${message.subject}' already.`);
      if (!message.options.includes(option))
        throw refused(`The message is answered with ${message.options.join(' or ')}, not '${option}'.`);
      const answeredOn = clock.now().toISOString();
      await outbox.change(id, { answer: { by, option, answeredOn } });
      const person = await findPerson(parts.dataverse, by, parts.owner());
      const answer = { message, by, option, data, answeredOn, userId: person?.id ?? '' };
      await waits.answer(id, message.channel === 'mail' ? mailAnswer(answer) : cardAnswer(answer));
      return outbox.find(id);
    },
  };
}

interface Answer extends Required<GivenAnswer> {
  readonly message: OutboxMessage;
  readonly answeredOn: string;
  readonly userId: string;
}

const mailAnswer = ({ option, by, userId }: Answer) => ({
  SelectedOption: option,
  UserEmailAddress: by,
  UserId: userId,
  UserTenantId: '',
});

const cardAnswer = ({ message, option, by, data, answeredOn, userId }: Answer) => ({
  responseTime: answeredOn,
  responder: { objectId: userId, tenantId: '', email: by, userPrincipalName: by, displayName: by },
  submitActionId: option,
  messageId: message.id,
  messageLink: `https://teams.microsoft.com/l/message/${message.id}`,
  data,
});
