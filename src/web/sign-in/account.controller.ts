import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { DateTime } from 'luxon';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { hasJustSignedIn, MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import { Requires } from '../../platform/access/requires.js';
import { Passkeys } from '../../identity/passkeys.service.js';
import { WebSessions } from '../../identity/web-sessions.service.js';
import { IdPipe } from '../../platform/common/ids.js';
import { Clock, TIME_ZONE } from '../../platform/common/clock.js';
import { FirstSteps } from '../first-steps.service.js';
import { startPageOf } from '../navigation.rules.js';
import { Pages } from '../pages.service.js';
import { PASSKEY_SCRIPTS } from './sign-in.controller.js';
import { CurrentVisit, type Visit } from '../visit.js';
import { SIGN_IN_WORDS } from '../words.js';

/** Where somebody comes in, and the own account: where am I signed in, and ending that. */
@NotInDocument()
@Controller()
export class AccountController {
  constructor(
    private readonly pages: Pages,
    private readonly sessions: WebSessions,
    private readonly passkeys: Passkeys,
    private readonly firstSteps: FirstSteps,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('me.read')
  async start(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const isNew = (await this.firstSteps.of(caller)).length > 0;
    return this.pages.goOn(visit, isNew ? '/beheer' : startPageOf(caller));
  }

  @Get('account')
  @Requires('me.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    if (visit.request.session?.needsPasskey) return this.pages.goOn(visit, '/account/passkey');
    const current = visit.request.session?.id;
    const sessions = (await this.sessions.list(caller)).map(({ id, userAgent, signedInBy, createdAt, lastUsedAt }) => ({
      id,
      userAgent,
      way: SIGN_IN_WORDS[signedInBy],
      since: inWords(createdAt),
      lastUsed: inWords(lastUsedAt),
      isCurrent: id === current,
    }));
    const passkeys = (await this.passkeys.list(caller.personId)).map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      since: inWords(createdAt),
      lastUsed: lastUsedAt ? inWords(lastUsedAt) : '',
    }));
    const view = {
      title: 'Mijn account',
      exportHref: `/v1/people/${caller.personId}/export`,
      scripts: PASSKEY_SCRIPTS,
      isRecent: hasJustSignedIn(caller, this.clock.now()),
      minutes: MINUTES_RECENT,
      passkeys,
      sessions,
      hasOthers: sessions.some(({ isCurrent }) => !isCurrent),
    };
    return this.pages.show(visit, 'web/pages/account', view);
  }

  @Post('account/sessies/:id/einde')
  @HttpCode(200)
  @Requires('me.read')
  async end(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    await this.sessions.end(id, caller);
    return this.pages.goOn(visit, '/account', 'U bent op dat apparaat afgemeld.');
  }

  @Post('account/andere-sessies/einde')
  @HttpCode(200)
  @Requires('me.read')
  async endOthers(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    await this.sessions.endOthers(visit.request.session?.id ?? NONE, caller);
    return this.pages.goOn(visit, '/account', 'U bent op alle andere apparaten afgemeld.');
  }
}

const NONE = '00000000-0000-0000-0000-000000000000';
const inWords = (moment: string): string =>
  DateTime.fromISO(moment, { zone: TIME_ZONE, locale: 'nl' }).toFormat("d LLLL yyyy 'om' HH:mm 'uur'");
