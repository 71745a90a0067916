import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Requires } from '../access/requires.js';
import { Database } from '../database/database.js';
import { row } from '../database/rows.js';
import { Transactions } from '../database/transactions.js';
import { SETTINGS, type Settings } from '../settings.js';

const NOT_CONFIGURED = 'not configured: no mail is planned or sent until SMTP_URL is set';
const HELD =
  'held: this is a restored copy; until "admin release-mail" and a restart no mail is planned or sent, and nothing published is shown';

/** Liveness and readiness checks for the operator. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('live')
  @Requires('everyone')
  live() {
    return { status: 'ok' };
  }

  /** Ready if the database responds; also reports whether mail is configured. */
  @Get('ready')
  @Requires('everyone')
  async ready() {
    const { reader } = this.database;
    const answer = await row<{ heldAt: string | null }>(reader, 'SELECT "heldAt" FROM "mail_hold"').catch(
      () => undefined,
    );
    if (!answer)
      throw new ServiceUnavailableException('The database does not respond.', { errorCode: 'DATABASE_UNAVAILABLE' });
    if (!this.database.isInPlace())
      throw new ServiceUnavailableException('The database file was moved or replaced: restart the service.', {
        errorCode: 'DATABASE_REPLACED',
      });
    if (await this.transactions.isRefusing())
      throw new ServiceUnavailableException('Storage accepts no writes at the moment; reads continue.', {
        errorCode: 'STORAGE_REFUSES',
      });
    const mail = answer.heldAt ? HELD : this.settings.SMTP_URL ? 'ok' : NOT_CONFIGURED;
    return { status: 'ok', database: this.database.dialect.name, mail };
  }
}
