import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { type Mail, type MailKind, MailKinds } from '../mail/mail-kinds.js';
import { MailLinks } from '../mail/mail-links.service.js';
import type { OutgoingMessage } from '../mail/outgoing-message.entity.js';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type DigestContent, DigestContents } from './digest-contents.service.js';
import { answerableIds, type DigestLinks, toDigestView } from './digest-view.js';
import { obstacleFor } from './recipients.rules.js';

const ANSWER_DAYS = 14;
const UNSUBSCRIBE_DAYS = 90;

/** The weekly digest as a kind of mail: looks again, at the moment of sending, who gets it and what is in it. */
@Injectable()
export class DigestMail implements MailKind, OnModuleInit {
  readonly kind = 'digest';

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly kinds: MailKinds,
    private readonly contents: DigestContents,
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.kinds.register(this);
  }

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const person = await this.contents.person(manager, message.personId!);
    if (person?.email !== message.address) return null;
    const content = await this.contents.dueFor(manager, person, this.clock.today());
    if (!content) return null;
    const link = { personId: person.id, messageId: message.id };
    const answer = await this.links.issue(manager, {
      ...link,
      purpose: 'digest',
      subjectIds: answerableIds(content),
      days: ANSWER_DAYS,
    });
    const unsubscribe = await this.links.issue(manager, {
      ...link,
      purpose: 'unsubscribe',
      subjectIds: [],
      days: UNSUBSCRIBE_DAYS,
    });
    return this.render(content, this.urls(answer, unsubscribe));
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    const person = await this.contents.person(manager, message.personId!);
    return person?.email === message.address && obstacleFor(person, this.clock.today()) === null;
  }

  /** The same mail for a preview, with a word in place of the links' tokens. */
  preview(content: DigestContent): Mail {
    return this.render(content, this.urls('voorbeeld', 'voorbeeld'));
  }

  private urls(answer: string, unsubscribe: string): DigestLinks {
    const { PUBLIC_URL } = this.settings;
    return { answer: `${PUBLIC_URL}/antwoord/${answer}`, unsubscribe: `${PUBLIC_URL}/afmelden/${unsubscribe}` };
  }

  private render(content: DigestContent, links: DigestLinks): Mail {
    const view = toDigestView(content, links, this.settings.MUNICIPALITY);
    return {
      subject: this.renderer.renderText('emails/weekly-digest-subject', view).replace(/\s+/g, ' ').trim(),
      html: this.renderer.renderMail('emails/weekly-digest', view),
      text: this.renderer.renderText('emails/weekly-digest', view),
      replyTo: content.replyTo,
      unsubscribeUrl: links.unsubscribe,
      lines: content.overdue.length + content.dueSoon.length + content.statusAsked.length,
    };
  }
}
