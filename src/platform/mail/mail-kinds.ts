import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { OutgoingMessage } from './outgoing-message.entity.js';

export interface Attachment {
  filename: string;
  contentType: string;
  /** What takes time to make is made outside the transaction. */
  content: Buffer | string | (() => Promise<Buffer>);
}

/** What a mail is made of, rendered once; the outbox turns it into bytes. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
  replyTo?: string;
  /** `List-Unsubscribe` with one click. */
  unsubscribeUrl?: string;
  attachments?: Attachment[];
  /** How many actions it carries. */
  lines: number;
}

/** A mail of which everything is known and nothing written out yet. */
export type Draft = () => Mail;

/** A kind of mail says, at the moment of sending, whether it is still needed and what stands in it. */
export interface MailKind {
  kind: string;
  /** With a secret in it: never sent again when it may have arrived, and its bytes are not kept once it was sent. */
  isAtMostOnce?: boolean;
  /** Looks again who and what, in the claiming transaction; null when the mail is not needed any more. */
  make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null>;
  /** The same for many at once, in a handful of statements; the mails themselves are written out after the transaction. */
  makeAll?(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<Map<string, Draft | null>>;
  /** Before a later attempt with the same bytes: whether the person should still get it. Without it the answer is yes. */
  isStillWanted?(manager: EntityManager, message: OutgoingMessage): Promise<boolean>;
}

/** The kinds of mail. Modules below `mail` register theirs at start. */
@Injectable()
export class MailKinds {
  private readonly kinds = new Map<string, MailKind>();

  register(kind: MailKind): void {
    this.kinds.set(kind.kind, kind);
  }

  isAtMostOnce(kind: string): boolean {
    return this.kinds.get(kind)?.isAtMostOnce === true;
  }

  /** Throws for a kind nobody registered. */
  get(kind: string): MailKind {
    const found = this.kinds.get(kind);
    if (!found) throw new Error(`No one makes mails of kind ${kind}.`);
    return found;
  }
}
