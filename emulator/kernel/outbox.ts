/** A message somebody was sent. Nothing leaves this machine: whoever sends puts it here. */
export interface OutboxMessage {
  readonly id: string;
  readonly channel: 'mail' | 'chat';
  /** ISO 8601. */
  readonly sentOn: string;
  /** What sent it, e.g. `shared_office365/SendEmailV2` or `SendEmail`. */
  readonly via: string;
  /** E-mail address of the sender. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** HTML as it was given; whoever shows it must not trust it. */
  readonly body: string;
  readonly importance: 'Low' | 'Normal' | 'High';
  readonly attachments: readonly OutboxAttachment[];
  /** The first message of the conversation; its own id for a first one. */
  readonly conversationId: string;
  /** Set where the message asks: what may be answered. */
  readonly options?: readonly string[];
  readonly answer?: OutboxAnswer;
  /** Mailboxes, in lower case, in which it was read or deleted. */
  readonly readIn: readonly string[];
  readonly deletedIn: readonly string[];
}

export interface OutboxAttachment {
  readonly name: string;
  readonly contentType: string;
  /** Base64. */
  readonly content: string;
}

export interface OutboxAnswer {
  readonly by: string;
  readonly option: string;
  readonly answeredOn: string;
}

/** What a sender has to say; all else is empty or normal. */
export type NewOutboxMessage = Pick<OutboxMessage, 'channel' | 'via' | 'from' | 'to' | 'subject' | 'body'> &
  Partial<Pick<OutboxMessage, 'cc' | 'bcc' | 'importance' | 'attachments' | 'conversationId' | 'options'>>;

/** Where messages lie. One that is put inside a transaction is there when it commits. */
export interface Outbox {
  put(message: NewOutboxMessage): Promise<OutboxMessage>;
  /** Newest first. */
  list(): readonly OutboxMessage[];
  find(id: string): OutboxMessage | undefined;
  change(id: string, change: Partial<Pick<OutboxMessage, 'answer' | 'readIn' | 'deletedIn'>>): Promise<void>;
  /** Calls back for every message that is put, once it is there. */
  onPut(listener: (message: OutboxMessage) => void): void;
}
