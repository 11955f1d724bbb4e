import type { Row } from '../../../query/index.ts';
import type { Clock } from '../../../kernel/index.ts';
import type { MessageCall } from '../../contract.ts';
import { faults } from '../../faults.ts';
import { mailParties, type MailParties } from '../../mail/mail-parties.ts';
import { emailStatus } from '../../mail/mail-delivery.ts';
import type { Operation, OperationPlatform } from './operation.ts';

const completed = 1;

/**
 * Sends an e-mail, or records it as sent: with `IssueSend` it waits as *Pending Send*, and is *Sent* once the message
 * is through.
 *
 * Decided: without `TrackingToken` the subject stays as it is; one party sends; an e-mail that is no draft, or came in, is refused.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/sendemail
 */
export const sendEmail: Operation = {
  name: 'SendEmail',
  isFunction: false,
  boundTo: 'row',
  table: 'email',
  parameters: [
    { name: 'IssueSend', type: 'boolean' },
    { name: 'TrackingToken', type: 'string', isOptional: true },
  ],
  results: [{ name: 'Subject', type: 'string' }],
  async run(call, platform) {
    const { id, caller, input } = call;
    const mail = await platform.organization.retrieve('email', id, 'all', caller);
    if (mail === undefined) throw faults.rowNotFound('Email', id);
    requireDraft(mail, id);
    const parties = mailParties(id, platform);
    requireSender(parties, call, platform);
    const token = String(input['TrackingToken'] ?? mail['trackingtoken'] ?? '');
    const subject = [mail['subject'] ?? '', token].filter((part) => part !== '').join(' ');
    const isIssued = input['IssueSend'] === true;
    await platform.organization.update(
      'email',
      id,
      { ...addressesOf(parties), subject, trackingtoken: token || null, ...stateOf(isIssued, platform.clock) },
      caller,
    );
    return { Subject: subject };
  },
};

function requireDraft(mail: Row, id: string): void {
  const isDraft = mail['statuscode'] === emailStatus.draft || mail['statuscode'] === emailStatus.failed;
  if (isDraft && mail['directioncode'] === true) return;
  throw faults.invalidState(`The e-mail with id ${id} is no outgoing draft and cannot be sent.`);
}

function requireSender({ from, to, cc, bcc }: MailParties, call: MessageCall, { privileges }: OperationPlatform): void {
  if (from.length !== 1) throw faults.invalidArgument(`The e-mail with id ${call.id} has no sender, or more than one.`);
  if (to.length + cc.length + bcc.length === 0)
    throw faults.invalidArgument(`The e-mail with id ${call.id} has no recipient.`);
  const sender = from[0]!.party;
  const isOther = sender?.table === 'systemuser' && sender.id !== call.caller.userId;
  if (isOther && !privileges.has(call.caller, 'prvSendAsUser'))
    throw faults.privilegeMissing(call.caller.userId, 'prvSendAsUser');
}

const addresses = (parties: readonly { readonly address: string }[]) => parties.map(({ address }) => address);

const addressesOf = ({ from, to, cc, bcc }: MailParties): Row => ({
  sender: from[0]!.address,
  emailsender: from[0]!.party,
  torecipients: `${addresses([...to, ...cc, ...bcc]).join(';')};`.slice(0, 500),
});

const stamp = (clock: Clock) => `${clock.now().toISOString().slice(0, 19)}Z`;

const stateOf = (isIssued: boolean, clock: Clock): Row =>
  isIssued
    ? { statecode: completed, statuscode: emailStatus.pendingSend }
    : { statecode: completed, statuscode: emailStatus.sent, senton: stamp(clock), actualend: stamp(clock) };
