import { Inject } from '@nestjs/common';
import { Clock } from '../platform/common/clock.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { PageContext } from './page-context.js';
import { CurrentPage, Page, PageController } from './page-kit.js';

const A_YEAR_MS = 365 * 86_400_000;

/** Public information about the service itself. */
@PageController()
export class AboutController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @Page('toegankelijkheid', 'everyone')
  async accessibility(@CurrentPage() page: PageContext): Promise<string> {
    await page.recognise();
    return page.show('web/pages/accessibility', { title: 'Toegankelijkheid', contact: this.contact });
  }

  @Page('privacy', 'everyone')
  async privacy(@CurrentPage() page: PageContext): Promise<string> {
    await page.recognise();
    const { settings } = this;
    return page.show('web/pages/privacy', {
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

  /** Where to report vulnerabilities (RFC 9116). */
  @Page('.well-known/security.txt', 'everyone')
  security(@CurrentPage() { reply }: PageContext): string {
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
