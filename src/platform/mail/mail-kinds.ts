import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
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
  /** Who reads an answer; otherwise `MAIL_REPLY_TO`. */
  replyTo?: string;
  /** `List-Unsubscribe` with one click. */
  unsubscribeUrl?: string;
  attachments?: Attachment[];
  /** The number of actions it lists; of a digest, without confidential ones. */
  lines: number;
}

/** A mail with all its data collected, but not rendered yet. */
export type MailFactory = () => Mail;

/** A kind of mail decides at sending time whether it is still needed, and produces its content. */
export interface MailKind {
  /** Contains a secret: not resent if it may have arrived, and its bytes are deleted once sent. */
  isAtMostOnce?: boolean;
  /** Marks a moment and makes no mail: it has no address. */
  isToNobody?: boolean;
  /** Rechecks recipient and content in the claiming transaction; null when the mail is no longer needed. */
  make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null>;
  /** The same for many messages in a handful of statements; the mails are rendered after the transaction. */
  makeAll?(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<Map<string, MailFactory | null>>;
  /**
   * Before resending the same bytes: whether the person should still receive them. Without this, they should as long as
   * `make` makes a mail; nothing that it writes is kept.
   */
  isStillWanted?(manager: EntityManager, message: OutgoingMessage): Promise<boolean>;
}

/** Marks a provider, of any room, that makes mail of these kinds. */
export const MakesMail = DiscoveryService.createDecorator<readonly string[]>();

/** The registry of mail kinds, filled at start with the providers marked `@MakesMail`. */
@Injectable()
export class MailKinds implements OnModuleInit {
  private readonly kinds = new Map<string, MailKind>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const provider of this.discovery.getProviders()) {
      const kinds = this.discovery.getMetadataByDecorator(MakesMail, provider) ?? [];
      for (const kind of kinds) this.register(kind, provider.instance as MailKind);
    }
  }

  register(name: string, kind: MailKind): void {
    this.kinds.set(name, kind);
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
