import type { NewOutboxMessage, OutboxAttachment, OutboxMessage } from '../../kernel/index.ts';
import { asText } from '../expressions/as-text.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { addressesOf } from './parameters.ts';

/** A mail as the parameters of the sending operations name its parts: `To`, `Subject`, `Body`, … in any letter case. */
export function mailOf(given: ValueObject, via: string, sender: string): NewOutboxMessage {
  const parts = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string) => asText(parts.get(name) ?? '');
  return {
    channel: 'mail',
    via,
    from: text('from') || sender,
    to: addressesOf(text('to')),
    cc: addressesOf(text('cc')),
    bcc: addressesOf(text('bcc')),
    subject: text('subject'),
    body: text('body'),
    importance: importanceOf(text('importance')),
    attachments: attachmentsOf(parts.get('attachments')),
  };
}

const levels = ['Low', 'Normal', 'High'] as const;
const importanceOf = (text: string) => levels.find((one) => one.toLowerCase() === text.toLowerCase()) ?? 'Normal';

/** `[{ Name, ContentBytes }]`; the content is base64, or a binary. */
export function attachmentsOf(value: Value | undefined): OutboxAttachment[] {
  return (isArray(value) ? value : []).filter(isObject).map((one) => {
    const parts = new Map(Object.entries(one).map(([name, part]) => [name.toLowerCase(), part]));
    const content = parts.get('contentbytes') ?? parts.get('content') ?? '';
    const isBinary = isObject(content) && typeof content['$content'] === 'string';
    return {
      name: asText(parts.get('name') ?? 'attachment'),
      contentType: isBinary ? asText(content['$content-type'] ?? '') : 'application/octet-stream',
      content: isBinary ? asText(content['$content'] ?? '') : asText(content),
    };
  });
}

/** Why a mail cannot be sent; undefined when it can. */
export function wrongWith({ to, cc = [], bcc = [] }: NewOutboxMessage): string | undefined {
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0) return 'The mail has no recipient.';
  const wrong = all.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  return wrong === undefined ? undefined : `At least one recipient is not valid: '${wrong}'.`;
}

/** A mail as the connector shows one that was received. */
export function receivedMail(message: OutboxMessage, mailbox: string, withAttachments: boolean): ValueObject {
  const plain = message.body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    id: message.id,
    from: message.from,
    toRecipients: message.to.join(';'),
    ccRecipients: message.cc.join(';'),
    bccRecipients: '',
    replyTo: '',
    subject: message.subject,
    body: message.body,
    bodyPreview: plain.slice(0, 255),
    isHtml: true,
    importance: message.importance.toLowerCase(),
    hasAttachments: message.attachments.length > 0,
    internetMessageId: `<${message.id}@emulator.local>`,
    conversationId: message.conversationId,
    receivedDateTime: message.sentOn,
    isRead: message.readIn.includes(mailbox),
    attachments: withAttachments ? message.attachments.map(shownAttachment) : [],
  };
}

const shownAttachment = ({ name, contentType, content }: OutboxAttachment, index: number): ValueObject => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  id: String(index),
  name,
  contentType,
  size: BigInt(Buffer.from(content, 'base64').length),
  isInline: false,
  contentBytes: content,
});
