import type { Outbox, OutboxMessage } from '../../kernel/index.ts';
import type { ConnectorCall } from './connectors.ts';
import { addressesOf, optional } from './parameters.ts';

const lower = (addresses: readonly string[]) => addresses.map((address) => address.toLowerCase());

/** Whether a mail lies in the inbox of this address. */
export function isIn(mailbox: string, { channel, to, cc, bcc, deletedIn }: OutboxMessage): boolean {
  return channel === 'mail' && lower([...to, ...cc, ...bcc]).includes(mailbox) && !deletedIn.includes(mailbox);
}

/** What a mail must be like, from the parameters `from`, `to`, `subjectFilter`, `importance`, … of a call. */
export function isWanted(call: ConnectorCall, mailbox: string): (message: OutboxMessage) => boolean {
  const names = (parameter: string) => lower(addressesOf(optional(call, parameter)));
  const [from, to, cc, toOrCc] = [names('from'), names('to'), names('cc'), names('toOrCc')];
  const subject = optional(call, 'subjectFilter')?.toLowerCase();
  const search = optional(call, 'searchQuery')?.toLowerCase();
  const importance = optional(call, 'importance')?.toLowerCase() ?? 'any';
  const isSet = (parameter: string) => optional(call, parameter)?.toLowerCase() === 'true';
  const [unread, attached] = [isSet('fetchOnlyUnread'), isSet('fetchOnlyWithAttachment')];
  const meets = (wanted: readonly string[], there: readonly string[]) =>
    wanted.length === 0 || lower(there).some((one) => wanted.includes(one));
  return (message) =>
    meets(from, [message.from]) &&
    meets(to, message.to) &&
    meets(cc, message.cc) &&
    meets(toOrCc, [...message.to, ...message.cc]) &&
    (subject === undefined || message.subject.toLowerCase().includes(subject)) &&
    (search === undefined || `${message.subject} ${message.body}`.toLowerCase().includes(search)) &&
    (importance === 'any' || message.importance.toLowerCase() === importance) &&
    !(unread && message.readIn.includes(mailbox)) &&
    !(attached && message.attachments.length === 0);
}

/** Whose mailbox a call is about: the one it names, else the connection's own. */
export const mailboxOf = (call: ConnectorCall, own: string) => (optional(call, 'mailboxAddress') ?? own).toLowerCase();

/** Mails in an inbox, newest first. */
export const inboxOf = (outbox: Outbox, mailbox: string) => outbox.list().filter((message) => isIn(mailbox, message));
