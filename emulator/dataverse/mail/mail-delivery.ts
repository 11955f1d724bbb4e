import type { Clock, NewOutboxMessage, Outbox, Work } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import { readRows, type Database, type Shapes } from '../../storage/index.ts';
import type { OrganizationService, Step } from '../contract.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import { mailParties } from './mail-parties.ts';

/** Status reasons of an e-mail. */
export const emailStatus = { draft: 1, failed: 8, sent: 3, pendingSend: 6 } as const;

interface MailParts {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
  readonly clock: Clock;
  readonly work: Work;
  readonly outbox: Outbox;
}

export interface MailDelivery {
  /** After the commit, so that no e-mail goes out for a save that was undone. */
  readonly deliver: Step;
  /** Takes out what an earlier start left waiting. */
  resume(organization: OrganizationService): void;
}

/** Takes e-mails that wait as *Pending Send* to the outbox, each once. */
export function createMailDelivery(parts: MailParts): MailDelivery {
  const { database, clock, outbox } = parts;

  const take = (id: string, organization: OrganizationService) =>
    database.transaction(async () => {
      const mail = await organization.retrieve('email', id, 'all');
      if (mail?.['statuscode'] !== emailStatus.pendingSend) return;
      await outbox.put(messageOf(mail, id, parts));
      const now = `${clock.now().toISOString().slice(0, 19)}Z`;
      const deliveryattempts = Number(mail['deliveryattempts'] ?? 0) + 1;
      const sent = { statecode: 1, statuscode: emailStatus.sent, senton: now, actualend: now, deliveryattempts };
      await organization.update('email', id, sent);
    });

  return {
    deliver: {
      name: 'Dataverse.DeliverEmail',
      message: 'SendEmail',
      stage: 40,
      isAsync: true,
      run: ({ id }, organization) => take(id, organization),
    },
    resume(organization) {
      for (const id of waiting(parts)) parts.work.start('SendEmail', () => take(id, organization));
    },
  };
}

function waiting({ database, shapes, metadata }: MailParts): string[] {
  if (metadata.table('email') === undefined) return [];
  const filter = {
    kind: 'compare',
    left: { column: 'statuscode' },
    operator: 'eq',
    right: emailStatus.pendingSend,
  } as const;
  const rows = readRows(database, { table: 'email', columns: ['activityid'], joins: [], order: [], filter }, shapes);
  return rows.map(({ columns }) => String(columns['activityid']));
}

const importance = ['Low', 'Normal', 'High'] as const;

function messageOf(mail: Row, id: string, parts: MailParts): NewOutboxMessage {
  const { from, to, cc, bcc } = mailParties(id, parts);
  const addresses = (list: readonly { readonly address: string }[]) => list.map(({ address }) => address);
  return {
    channel: 'mail',
    via: 'SendEmail',
    from: from[0]!.address,
    to: addresses(to),
    cc: addresses(cc),
    bcc: addresses(bcc),
    subject: String(mail['subject'] ?? ''),
    body: String(mail['description'] ?? ''),
    importance: importance[Number(mail['prioritycode'] ?? 1)] ?? 'Normal',
    attachments: attachmentsOf(id, parts),
  };
}

function attachmentsOf(id: string, { database, shapes }: MailParts) {
  const columns = ['filename', 'mimetype', 'body'];
  const filter = { kind: 'compare', left: { column: 'objectid' }, operator: 'eq', right: id } as const;
  const order = [{ column: 'attachmentnumber', descending: false }];
  const rows = readRows(database, { table: 'activitymimeattachment', columns, joins: [], order, filter }, shapes);
  return rows.map(({ columns: { filename, mimetype, body } }) => ({
    name: String(filename ?? 'attachment'),
    contentType: String(mimetype ?? 'application/octet-stream'),
    content: String(body ?? ''),
  }));
}
