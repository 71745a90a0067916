import { HttpException, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Caller } from '../../platform/access/caller.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { SessionInvitations } from '../invitations/session-invitations.service.js';
import { TIME_ZONE } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { DispatchReports } from '../../minutes/dispatch/dispatch-reports.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { sendsAt } from '../../minutes/dispatch/waiting-minutes.js';
import { toDocument } from '../../minutes/documents/minutes-document.rules.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import { seenBy } from '../../minutes/seen-versions.js';
import { MINUTES_STATE_WORDS } from '../../minutes/words.js';
import { MinutesPreview } from '../../minutes/composing/preview.service.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { momentWords } from '../../web/moments.rules.js';

/** The states of mails not yet accepted by the mail server. */
const UNDERWAY = new Set<string>(['planned', 'claimed', 'deferred', 'uncertain']);

/** The mails of a session: its invitation and its minutes. */
@Injectable()
export class SessionPapers {
  constructor(
    private readonly database: Database,
    private readonly invitations: SessionInvitations,
    private readonly minutes: MinutesService,
    private readonly dispatches: DispatchReports,
    private readonly preview: MinutesPreview,
    private readonly renderer: Renderer,
  ) {}

  async of(session: SessionView, caller: Caller, mayWrite: boolean) {
    const invited =
      session.state === 'planned' && mayWrite ? await orNull(this.invitations.read(session.id, caller)) : null;
    const hasMinutes = session.closedAt !== null && isPermitted(caller, 'minutes.read');
    const minutes = hasMinutes ? await orNull(this.minutes.visible(this.database.reader, session.id, caller)) : null;
    const seen = minutes && (await seenBy(this.database.reader, minutes, caller));
    const waitsUntil =
      minutes?.mayWrite && minutes.state === 'concept' ? await sendsAt(this.database.reader, minutes.id) : null;
    const last = seen?.versions.at(-1);
    const mailedNumber =
      last && minutes?.mayWrite && last.sentAt !== null
        ? await this.minutes.mailedNumber(this.database.reader, last.id)
        : null;
    const sent = minutes && minutes.state !== 'concept' ? await orNull(this.dispatches.read(session.id, caller)) : null;
    return {
      invitedAt: invited ? momentWords(invited.sentAt) : null,
      invitedCount: invited?.recipients.length ?? 0,
      invitationDelivery: invited && deliveryOf('uitnodiging-onderweg', invited.recipients),
      hasMinutes: minutes !== null,
      minutesState: minutes ? MINUTES_STATE_WORDS[minutes.state] : null,
      minutesNumber: last?.number ?? 0,
      /** For those who were mailed it, if it is another one: they never saw the concepts before it. */
      mailedNumber: mailedNumber === last?.number ? null : mailedNumber,
      minutesVersion: seen?.version ?? 0,
      isConcept: minutes?.state === 'concept',
      isAdopted: minutes?.state === 'adopted',
      waitsUntil: waitsUntil && timeOf(waitsUntil),
      sentAt: sent?.sentAt ? momentWords(sent.sentAt) : null,
      minutesDelivery: sent && deliveryOf('verslag-onderweg', sent.recipients),
    };
  }

  /** The minutes as an HTML page: as stored once the session is closed, before that a preview of the current state. */
  async document({ id, state }: SessionView, caller: Caller): Promise<string> {
    if (state === 'closed') {
      return this.renderer.renderHtml('minutes/documents/minutes', toDocument(await this.minutes.read(id, caller)));
    }
    const document = toDocument(await this.preview.of(id, caller));
    const told = {
      title: `Zo wordt het verslag: ${document.meeting}`,
      state: 'Zoals het nu is; er kan nog van alles bij.',
    };
    return this.renderer.renderHtml('minutes/documents/minutes', { ...document, ...told });
  }
}

/** The delivery state: how many mails were sent, how many are waiting, and who received none. */
const deliveryOf = (id: string, recipients: readonly { name: string; state: string }[]) => ({
  id,
  total: recipients.length,
  gone: recipients.filter(({ state }) => state === 'sent').length,
  waiting: recipients.filter(({ state }) => UNDERWAY.has(state)).length,
  failed: recipients.filter(({ state }) => state === 'failed').map(({ name }) => name),
});

/** Null if it does not exist yet, or is not for this caller. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof HttpException && [403, 404].includes(error.getStatus())) return null;
    throw error;
  }
}

export const timeOf = (moment: string): string => DateTime.fromISO(moment, { zone: TIME_ZONE }).toFormat('HH:mm');
