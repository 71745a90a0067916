import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/common/clock.js';
import { type MailFactory, type Mail, type MailKind, MakesMail } from '../platform/mail/mail-kinds.js';
import { MailLinks } from '../platform/mail/mail-links.service.js';
import type { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { type DigestContent, DigestContents, linesOf } from './contents/digest-contents.service.js';
import { answerableIds, type DigestLinks, toDigestView } from './contents/digest-view.js';

const ANSWER_DAYS = 14;
const UNSUBSCRIBE_DAYS = 90;

/** The weekly digest as a kind of mail: recipients and contents are determined again at the moment of sending. */
@Injectable()
@MakesMail(['digest'])
export class DigestMail implements MailKind {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly contents: DigestContents,
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
  ) {}

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    return (await this.makeAll(manager, [message])).get(message.id)?.() ?? null;
  }

  async makeAll(
    manager: EntityManager,
    messages: readonly OutgoingMessage[],
  ): Promise<Map<string, MailFactory | null>> {
    const drafts = new Map<string, MailFactory | null>(messages.map(({ id }) => [id, null]));
    const due = await this.due(manager, messages);
    const tokens = await this.links.issueAll(
      manager,
      due.flatMap(([message, content]) => {
        const link = { personId: content.person.id, messageId: message.id };
        return [
          { ...link, purpose: 'digest', subjectIds: answerableIds(content), days: ANSWER_DAYS },
          { ...link, purpose: 'unsubscribe', subjectIds: [], days: UNSUBSCRIBE_DAYS },
        ];
      }),
    );
    due.forEach(([message, content], n) => {
      const urls = this.urls(tokens[2 * n], tokens[2 * n + 1]);
      drafts.set(message.id, () => this.render(content, urls));
    });
    return drafts;
  }

  /**
   * False if the person can no longer be mailed at this address, or if everything has been done or handed over since.
   */
  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.due(manager, [message])).length > 0;
  }

  /** The messages that still cause a mail to the address they were planned for, each with its content. */
  private async due(
    manager: EntityManager,
    messages: readonly OutgoingMessage[],
  ): Promise<[OutgoingMessage, DigestContent][]> {
    const people = await this.contents.people(
      manager,
      messages.map(({ personId }) => personId!),
    );
    const contents = await this.contents.dueFor(manager, people, this.clock.today());
    const byPerson = new Map(contents.map((content) => [content.person.id, content]));
    return messages.flatMap((message): [OutgoingMessage, DigestContent][] => {
      const content = byPerson.get(message.personId!);
      return content?.person.email === message.address ? [[message, content]] : [];
    });
  }

  /** The same mail for a preview, with a placeholder instead of the tokens in its links. */
  preview(content: DigestContent): Mail {
    return this.render(content, this.urls('voorbeeld', 'voorbeeld'));
  }

  private urls(answer: string, unsubscribe: string): DigestLinks {
    const { PUBLIC_URL } = this.settings;
    return {
      answer: `${PUBLIC_URL}/antwoord/${answer}`,
      unsubscribe: `${PUBLIC_URL}/afmelden/${unsubscribe}`,
      action: `${PUBLIC_URL}/acties`,
      areas: `${PUBLIC_URL}/gebieden`,
      forUs: `${PUBLIC_URL}/mijn-acties/voor-ons`,
      person: `${PUBLIC_URL}/beheer/mensen`,
    };
  }

  private render(content: DigestContent, links: DigestLinks): Mail {
    const view = toDigestView(content, links, this.settings.MUNICIPALITY);
    return {
      ...this.renderer.renderMessage('digests/mails/weekly-digest', view),
      replyTo: content.replyTo,
      unsubscribeUrl: links.unsubscribe,
      // For those who may not know of the others: administrators, and chairs who hear who does not answer.
      lines: linesOf(content).filter(({ isConfidential }) => !isConfidential).length,
    };
  }
}
