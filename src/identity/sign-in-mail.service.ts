import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/common/clock.js';
import { execute, row } from '../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { codeHashOf, MINUTES_VALID, newCode } from './sign-in.rules.js';
import { SignIn } from './sign-in.service.js';
import { hashOf, newSecret } from './tokens.rules.js';

/** The mail with the sign-in link and code. They are created when it is rendered, and exist nowhere else. */
@Injectable()
@MakesMail(['sign_in'])
export class SignInMail implements MailKind {
  readonly isAtMostOnce = true;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly renderer: Renderer,
    private readonly signIn: SignIn,
    private readonly clock: Clock,
  ) {}

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const { requestId } = message.payload as { requestId: string };
    const person = await row<{ name: string }>(
      manager,
      `SELECT p."name" FROM "sign_in_requests" r JOIN "people" p ON p."id" = r."personId" AND p."active"
       WHERE r."id" = $1 AND r."usedAt" IS NULL AND r."expiresAt" > $2 AND p."email" = $3`,
      [requestId, this.clock.moment(), message.address],
    );
    if (!person) return null;
    const [token, code] = [newSecret('in'), newCode()];
    await execute(manager, 'UPDATE "sign_in_requests" SET "hash" = $1, "codeHash" = $2 WHERE "id" = $3', [
      hashOf(token),
      codeHashOf(code, requestId, this.settings.SECRET_KEY),
      requestId,
    ]);
    const view = {
      name: person.name,
      url: this.signIn.urlOf(token),
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
      minutes: MINUTES_VALID,
      municipality: this.settings.MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return {
      ...this.renderer.renderMessage('identity/mails/sign-in', view),
      lines: 0,
    };
  }
}
