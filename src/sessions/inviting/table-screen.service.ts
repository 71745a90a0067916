import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { WelcomeMail } from '../../directory/welcome/welcome-mail.service.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { Participants } from '../../meetings/participants.service.js';
import { ROLE_AT_TABLE_WORDS } from '../../meetings/words.js';
import { optionsOf } from '../../web/fields.rules.js';
import type { RejectedForm } from '../../web/forms.js';
import { AT_TABLE } from '../invitations/session-facts.service.js';
import { INVITING_WORDS } from '../words.js';
import { likelyKind, newPeopleIn } from './new-people.rules.js';
import { placeIn, placeKey, placeValue } from './places.rules.js';
import { type Candidate, TableCandidates } from './table-candidates.service.js';
import { addressField, kindField, mailField, type Ticks } from './table-form.rules.js';

const MOST_MEETINGS = 200;
/** The prefix of the id of the question about an organisation's kind; its number in the order of the lines follows. */
export const KIND_ID = 'soort';
/** The same for the address of a new person. */
export const MAIL_ID = 'mail';

/** The contents of the page that invites a table. */
@Injectable()
export class TableScreen {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly participants: Participants,
    private readonly candidates: TableCandidates,
    private readonly welcome: WelcomeMail,
  ) {}

  /** `from`: the id of a meeting whose table is copied, else ''. */
  async inviting(id: string, from: string, caller: Caller, rejected?: RejectedForm, ticks?: Ticks) {
    const meeting = await this.meetings.read(id, caller);
    const { items } = await this.meetings.list({ page: 1, pageSize: MOST_MEETINGS, sort: 'area' }, caller);
    const others = items.filter((one) => one.id !== id);
    const source = others.find((one) => one.id === from);
    const { taken, ofArea, others: further } = await this.candidates.of(meeting, source?.id ?? null, caller);
    const chosen = ticks && new Set(ticks.values.flatMap((value) => placeIn(value) ?? []).map(placeKey));
    const errors = rejected?.problem.byField ?? {};
    const toRow = (isTicked: boolean) => (one: Candidate) => ({
      ...one,
      id: one.key.replaceAll('.', '-'),
      value: placeValue(one),
      who: one.organisationName ?? one.name,
      person: one.organisationName ? one.name : '',
      roleName: one.role === 'participant' ? null : ROLE_AT_TABLE_WORDS[one.role],
      isTicked: chosen ? chosen.has(one.key) : isTicked,
      address: one.email === null && one.organisationId ? this.asked(one.organisationId, errors, ticks) : null,
    });
    const isFirst = ofArea.length + taken.length === 0;
    const groups = [
      { title: source ? `Aan tafel bij ${source.name}` : '', rows: taken.map(toRow(true)) },
      { title: `Contactpersonen in ${meeting.areaName}`, rows: ofArea.map(toRow(source === undefined)) },
      { title: isFirst ? 'Organisaties' : 'Andere organisaties', isFolded: !isFirst, rows: further.map(toRow(false)) },
    ].filter(({ rows }) => rows.length > 0);
    const typed = ticks?.fields.nieuw ?? '';
    return {
      title: 'Wie nodigt u uit?',
      problem: rejected?.problem,
      id,
      meetingName: meeting.name,
      from: source?.id ?? '',
      isWelcomed: this.welcome.isOn,
      isTaken: source !== undefined && taken.length === 0,
      meetings: others.map((one) => ({
        value: one.id,
        label: `${one.name}, ${one.areaName}`,
        isChosen: one === source,
      })),
      groups: groups.map((group) => ({ ...group, isOpen: group.rows.some(({ isTicked }) => isTicked) })),
      typed,
      linesError: errors.nieuw ?? errors.newcomers ?? null,
      ...askedOfNewcomers(typed, errors, ticks),
    };
  }

  /** The people at the table of a meeting, the number of them who can be mailed, and the organisations that cannot. */
  async reach(meetingId: string, caller: Caller) {
    const { areaId } = await this.meetings.read(meetingId, caller);
    const all = await this.participants.of(this.database.reader, meetingId, areaId, caller.today);
    const unreachable = all.filter(({ email }) => email === null);
    return {
      sitting: all,
      seated: all.filter(({ email, role }) => email !== null && AT_TABLE.includes(role)).length,
      unreachable: unreachable.map(({ organisationId, organisationName, name }) => ({
        organisationId,
        name: organisationName ?? name ?? INVITING_WORDS.somebody,
      })),
    };
  }

  private asked(organisationId: string, errors: Record<string, string>, ticks?: Ticks) {
    const field = addressField(organisationId);
    return {
      field,
      nameField: `name-${organisationId}`,
      value: ticks?.fields[field] ?? '',
      name: ticks?.fields[`name-${organisationId}`] ?? '',
      error: errors[field] ?? null,
    };
  }
}

/** What the lines of new people leave open: addresses, and the kinds of organisations that are not known. */
function askedOfNewcomers(typed: string, errors: Record<string, string>, ticks?: Ticks) {
  const { people } = newPeopleIn(typed);
  const isOpen = (field: string) => errors[field] !== undefined || ticks?.fields[field] !== undefined;
  const byField = new Map(people.map((one) => [mailField(one), one]));
  const addressless = [...byField].filter(([field]) => isOpen(field));
  const unknown = [...new Set(people.map(({ organisation }) => organisation))].filter(
    (name) => errors[name] !== undefined || ticks?.fields[kindField(name)] !== undefined,
  );
  return {
    addressless: addressless.map(([field, { name, organisation, email }], index) => ({
      id: `${MAIL_ID}-${index + 1}`,
      field,
      name,
      organisation,
      value: ticks?.fields[field] ?? email,
      isMissing: errors[field] !== undefined,
    })),
    unknown: unknown.map((name, index) => {
      const chosen = ticks?.fields[kindField(name)] ?? likelyKind(name);
      const options = optionsOf(ORGANISATION_KIND_WORDS).map((one) => ({ ...one, isChosen: one.value === chosen }));
      return { id: `${KIND_ID}-${index + 1}`, name, options };
    }),
  };
}
