import type { NewOutboxMessage, Outbox, OutboxMessage } from '../../kernel/index.ts';
import { asText } from '../expressions/as-text.ts';
import type { ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorOperation, ConnectorResult, Operations } from './connectors.ts';
import { mailOf, receivedMail, wrongWith } from './mail.ts';
import { inboxOf, isIn, isWanted, mailboxOf } from './mailbox.ts';
import { addressesOf, objectOf, optional, required } from './parameters.ts';
import { nothing, ok, refuse } from './result.ts';
import type { Waits } from './waits.ts';

export const office365Api = 'shared_office365';

export interface Office365Parts {
  readonly outbox: Outbox;
  readonly waits: Waits;
  readonly user: (connectionReference: string | undefined) => string;
  /** Tells a subscription of a trigger what has come. */
  readonly tell: (url: string, body: ValueObject) => void;
}

/**
 * Operations of the Office 365 Outlook connector. What they send lies in the outbox; a mail to somebody is in the inbox of
 * that address, so that one flow can read what another sent.
 *
 * @see https://learn.microsoft.com/connectors/office365
 */
export function office365Operations(parts: Office365Parts): Operations {
  return { ...sending(parts), ...reading(parts), ...asking(parts), ...triggers(parts) };
}

/** A mail that cannot be sent is refused as Exchange does. */
async function send(outbox: Outbox, mail: NewOutboxMessage): Promise<ConnectorResult> {
  const wrong = wrongWith(mail);
  if (wrong !== undefined) return refuse(400, 'ErrorInvalidRecipients', wrong);
  await outbox.put(mail);
  return nothing(200);
}

const viaOf = ({ api, operation }: ConnectorCall) => `${api}/${operation}`;

function sending({ outbox, user }: Office365Parts): Operations {
  const from = (call: ConnectorCall) => user(call.connectionReference);
  return {
    async SendEmailV2(call) {
      ['To', 'Subject', 'Body'].forEach((part) => requirePart(call, 'emailMessage', part));
      return send(outbox, mailOf(objectOf(call.parameters, 'emailMessage'), viaOf(call), from(call)));
    },
    async SharedMailboxSendEmailV2(call) {
      ['MailboxAddress', 'To', 'Subject', 'Body'].forEach((part) => requirePart(call, 'emailMessage', part));
      const given = objectOf(call.parameters, 'emailMessage');
      return send(outbox, mailOf(given, viaOf(call), asText(given['MailboxAddress'] ?? '')));
    },
    async ReplyToV3(call) {
      const mailbox = mailboxOf(call, from(call));
      return withMail(outbox, call, required(call, 'messageId'), mailbox, (mail) =>
        send(outbox, replyTo(mail, objectOf(call.parameters, 'replyParameters'), viaOf(call), mailbox)),
      );
    },
    async ForwardEmail_V2(call) {
      const mailbox = mailboxOf(call, from(call));
      const id = optional(call, 'message_id') ?? required(call, 'messageId');
      return withMail(outbox, call, id, mailbox, (mail) => {
        const given = objectOf(call.parameters, 'body');
        const comment = asText(given['Comment'] ?? '');
        return send(outbox, {
          ...mailOf({ To: given['ToRecipients'] ?? '' }, viaOf(call), mailbox),
          subject: `FW: ${mail.subject}`,
          body: `${comment}<hr>${mail.body}`,
          attachments: mail.attachments,
        });
      });
    },
  };
}

function requirePart(call: ConnectorCall, object: string, part: string): void {
  const given = objectOf(call.parameters, object);
  required({ ...call, parameters: { [`${object}/${part}`]: given[part] ?? null } }, `${object}/${part}`);
}

/** To the sender, or to all of them; what the reply names itself wins. */
function replyTo(mail: OutboxMessage, given: ValueObject, via: string, mailbox: string): NewOutboxMessage {
  const own = mailOf(given, via, mailbox);
  const isAll = asText(given['ReplyAll'] ?? '').toLowerCase() === 'true';
  const others = (addresses: readonly string[]) => addresses.filter((address) => address.toLowerCase() !== mailbox);
  return {
    ...own,
    to: own.to.length > 0 ? own.to : [mail.from, ...(isAll ? others(mail.to) : [])],
    cc: [...(own.cc ?? []), ...(isAll ? others(mail.cc) : [])],
    subject: own.subject || `RE: ${mail.subject.replace(/^RE: /i, '')}`,
    conversationId: mail.conversationId,
  };
}

async function withMail(
  outbox: Outbox,
  call: ConnectorCall,
  id: string,
  mailbox: string,
  act: (mail: OutboxMessage) => Promise<ConnectorResult>,
): Promise<ConnectorResult> {
  const mail = outbox.find(id);
  if (mail !== undefined && isIn(mailbox, mail)) return act(mail);
  return refuse(
    404,
    'ErrorItemNotFound',
    `The specified object was not found in the store: '${id}' in '${mailbox}', for '${call.operation}'.`,
  );
}

function reading({ outbox, user }: Office365Parts): Operations {
  const mailbox = (call: ConnectorCall) => mailboxOf(call, user(call.connectionReference));
  const wants = (call: ConnectorCall) => optional(call, 'includeAttachments')?.toLowerCase() === 'true';
  return {
    async GetEmailsV3(call) {
      const own = mailbox(call);
      const found = inboxOf(outbox, own).filter(
        isWanted({ ...call, parameters: { fetchOnlyUnread: true, ...call.parameters } }, own),
      );
      const top = Math.min(Number(optional(call, 'top') ?? 10), 1000);
      return ok({ value: found.slice(0, top).map((mail) => receivedMail(mail, own, wants(call))) });
    },
    GetEmailV2: async (call) =>
      withMail(outbox, call, required(call, 'messageId'), mailbox(call), async (mail) =>
        ok(receivedMail(mail, mailbox(call), wants(call))),
      ),
    MarkAsRead_V3: async (call) =>
      withMail(outbox, call, required(call, 'messageId'), mailbox(call), async (mail) => {
        const isRead = asText(objectOf(call.parameters, 'body')['isRead'] ?? true).toLowerCase() === 'true';
        const others = mail.readIn.filter((one) => one !== mailbox(call));
        await outbox.change(mail.id, { readIn: isRead ? [...others, mailbox(call)] : others });
        return nothing(200);
      }),
    DeleteEmail_V2: async (call) =>
      withMail(outbox, call, required(call, 'messageId'), mailbox(call), async (mail) => {
        await outbox.change(mail.id, { deletedIn: [...mail.deletedIn, mailbox(call)] });
        return nothing(200);
      }),
  };
}

/** Mails that ask and wait for the answer, which is given on the page of the outbox. */
function asking({ outbox, waits, user }: Office365Parts): Operations {
  const ask =
    (name: string): ConnectorOperation =>
    async (call) => {
      const given = objectOf(objectOf(call.parameters, name), 'Message');
      const options = addressesOf(asText(given['Options'] ?? 'Approve, Reject').replaceAll(',', ';'));
      const mail = mailOf(given, viaOf(call), user(call.connectionReference));
      const wrong = wrongWith(mail);
      if (wrong !== undefined) return refuse(400, 'ErrorInvalidRecipients', wrong);
      const { id } = await outbox.put({ ...mail, options });
      await waits.wait(id, call.callbackUrl ?? '');
      return nothing(201);
    };
  const unsubscribe: ConnectorOperation = async (call) => {
    await waits.forget(call.callbackUrl ?? '');
    return nothing(200);
  };
  return {
    SendMailWithOptions: ask('optionsEmailSubscription'),
    'SendMailWithOptions/unsubscribe': unsubscribe,
    SendApprovalMail: ask('approvalEmailSubscription'),
    'SendApprovalMail/unsubscribe': unsubscribe,
  };
}

/** "When a new email arrives": told of every mail that is put into the mailbox. */
function triggers({ outbox, user, tell }: Office365Parts): Operations {
  const subscribed = new Map<string, (mail: OutboxMessage) => void>();
  outbox.onPut((mail) => subscribed.forEach((take) => take(mail)));
  const subscribe: ConnectorOperation = async (call) => {
    const url = call.callbackUrl ?? '';
    const mailbox = mailboxOf(call, user(call.connectionReference));
    const matches = isWanted(call, mailbox);
    const withAttachments = optional(call, 'includeAttachments')?.toLowerCase() === 'true';
    subscribed.set(url, (mail) => {
      if (isIn(mailbox, mail) && matches(mail)) tell(url, { value: [receivedMail(mail, mailbox, withAttachments)] });
    });
    return nothing(201);
  };
  const unsubscribe: ConnectorOperation = async (call) => {
    subscribed.delete(call.callbackUrl ?? '');
    return nothing(200);
  };
  return Object.fromEntries(
    ['OnNewEmailV3', 'SharedMailboxOnNewEmailV2'].flatMap((name) => [
      [name, subscribe],
      [`${name}/unsubscribe`, unsubscribe],
    ]),
  ) as Operations;
}
