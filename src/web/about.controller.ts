import { Controller, Get, Inject } from '@nestjs/common';
import { ForEveryone } from '../platform/access/requires.js';
import { NotInDocument } from '../platform/common/describe.js';
import { Clock } from '../platform/common/clock.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Pages } from './pages.service.js';
import { CurrentVisit, type Visit } from './visit.js';

const A_YEAR_MS = 365 * 86_400_000;

/** What everyone may know about the service itself. */
@NotInDocument()
@Controller()
export class AboutController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  @Get('toegankelijkheid')
  @ForEveryone()
  async accessibility(@CurrentVisit() visit: Visit): Promise<string> {
    await this.pages.recognise(visit);
    return this.pages.show(visit, 'web/pages/accessibility', { title: 'Toegankelijkheid', contact: this.contact });
  }

  @Get('privacy')
  @ForEveryone()
  async privacy(@CurrentVisit() visit: Visit): Promise<string> {
    await this.pages.recognise(visit);
    const { settings } = this;
    return this.pages.show(visit, 'web/pages/privacy', {
      ...{ title: 'Privacy', contact: this.contact },
      years: {
        minutes: settings.MINUTES_RETENTION_YEARS,
        actions: settings.ACTIONS_RETENTION_YEARS,
        ratings: settings.RATING_TEXTS_RETENTION_YEARS,
        audit: settings.AUDIT_RETENTION_YEARS,
      },
      days: {
        texts: settings.MAIL_TEXTS_RETENTION_DAYS,
        mail: settings.MAIL_RETENTION_DAYS,
        signIns: settings.SIGN_INS_RETENTION_DAYS,
      },
    });
  }

  /** Where somebody reports a leak (RFC 9116). */
  @Get('.well-known/security.txt')
  @ForEveryone()
  security(@CurrentVisit() { reply }: Visit): string {
    void reply.type('text/plain; charset=utf-8');
    const url = this.settings.PUBLIC_URL;
    const contact = this.contact ? `mailto:${this.contact}` : `${url}/toegankelijkheid`;
    const expires = new Date(this.clock.now().getTime() + A_YEAR_MS / 2).toISOString();
    const lines = [`Contact: ${contact}`, `Expires: ${expires}`, 'Preferred-Languages: nl, en'];
    return [...lines, `Canonical: ${url}/.well-known/security.txt`, ''].join('\n');
  }

  private get contact(): string {
    return this.settings.MAIL_REPLY_TO;
  }
}
