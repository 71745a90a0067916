import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { OutgoingMessage } from './outgoing-message.entity.js';

export interface Attachment {
  filename: string;
  contentType: string;
  /** A function for content that is slow to produce; it is called outside the transaction. */
  content: Buffer | string | (() => Promise<Buffer>);
}

/** The content of a mail, rendered once; the outbox turns it into bytes. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
  replyTo?: string;
  /** `List-Unsubscribe` with one click. */
  unsubscribeUrl?: string;
  attachments?: Attachment[];
  /** The number of actions it lists. */
  lines: number;
}

/** A mail with all its data collected, but not rendered yet. */
export type MailFactory = () => Mail;

/** A kind of mail decides at sending time whether it is still needed, and produces its content. */
export interface MailKind {
  kind: string;
  /** Contains a secret: not resent if it may have arrived, and its bytes are deleted once sent. */
  isAtMostOnce?: boolean;
  /** Rechecks recipient and content in the claiming transaction; null when the mail is no longer needed. */
  make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null>;
  /** The same for many messages in a handful of statements; the mails are rendered after the transaction. */
  makeAll?(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<Map<string, MailFactory | null>>;
  /** Before resending the same bytes: whether the person should still receive them. Defaults to yes. */
  isStillWanted?(manager: EntityManager, message: OutgoingMessage): Promise<boolean>;
}

/** The registry of mail kinds. Modules of later rooms register theirs at start. */
@Injectable()
export class MailKinds {
  private readonly kinds = new Map<string, MailKind>();

  register(kind: MailKind): void {
    this.kinds.set(kind.kind, kind);
  }

  isAtMostOnce(kind: string): boolean {
    return this.kinds.get(kind)?.isAtMostOnce === true;
  }

  /** Throws for a kind that was never registered. */
  get(kind: string): MailKind {
    const found = this.kinds.get(kind);
    if (!found) throw new Error(`No mail kind ${kind} is registered.`);
    return found;
  }
}
