import type { Caller } from '../../platform/access/caller.js';
import type { ActionView } from '../../actions/actions.views.js';
import type { AgendaItemView } from '../../meetings/agenda/agenda-items.dto.js';
import type { AttendanceView } from '../../meetings/attendance/attendances.dto.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { optionsOf } from '../../web/fields.rules.js';
import { type Fields, orEmpty } from '../../web/forms.js';
import { SESSION_DETAILS, type SessionView } from '../../meetings/sessions.dto.js';
import { DUE_CHOICES, dueWords } from '../../actions/words.js';
import { NEW_ORGANISATION } from './new-organisation.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';
import type { ScreenOptions } from './screen-options.js';
import { isOnAgenda } from '../../meetings/agenda/item-states.rules.js';

interface Named {
  id: string;
  name: string;
}

/** What may be left open, which is then empty. */
const detailsOf = (session: SessionView): Fields => orEmpty(session, ...SESSION_DETAILS);

export function headOf(session: SessionView, usualTime: string | null, today: string) {
  const from = session.startTime ?? usualTime;
  const until = session.heldUntil ?? session.endTime;
  return {
    id: session.id,
    state: session.state,
    meetingId: session.meetingId,
    meetingName: session.meetingName,
    day: inDutch(session.heldOn),
    from,
    /** When it began, local: for the time at which it may have ended. */
    since: from ? `${session.heldOn}T${from}` : null,
    time: from ? (until ? `${from} tot ${until} uur` : `${from} uur`) : null,
    ...detailsOf(session),
    isExtra: session.isExtra,
    isAhead: session.heldOn > today,
    isPassed: session.heldOn < today,
    isToday: session.heldOn === today,
    chairName: session.chairName,
    secretaryName: session.secretaryName,
    cancellationReason: session.cancellationReason,
    reopeningReason: session.reopeningReason,
    version: session.version,
  };
}

/** The form that closes a session, with when it ended. */
export const closingOf = ({ heldUntil }: SessionView, rejected?: RejectedScreenForm) =>
  formOf('sluiten', { heldUntil: heldUntil ?? '' }, rejected);

/** The form for day, time, place, voorzitter and notulist; the options are the people expected, and who replaces them. */
export function factsOf(
  session: SessionView,
  expected: readonly Pick<AttendanceView, 'personId' | 'name'>[],
  rejected?: RejectedScreenForm,
) {
  const form = formOf('gegevens', { heldOn: session.heldOn, ...detailsOf(session) }, rejected);
  const people = new Map<string, string>();
  if (session.chairId) people.set(session.chairId, session.chairName ?? '');
  if (session.secretaryId) people.set(session.secretaryId, session.secretaryName ?? '');
  for (const { personId, name } of expected) if (personId && name) people.set(personId, name);
  const choose = (chosen: string) =>
    [...people].map(([value, label]) => ({ value, label, isChosen: value === chosen }));
  return { form, chairs: choose(form.values.chairId), secretaries: choose(form.values.secretaryId) };
}

/** The forms with one or two fields, with their options. */
export function simpleForms(
  session: SessionView,
  agenda: readonly AgendaItemView[],
  organisations: readonly Named[],
  caller: Caller,
  { rejected, line = '', shownIds = [] }: ScreenOptions,
) {
  const added = formOf('punt-nieuw', { title: '', proposedById: '', plannedMinutes: '' }, rejected);
  const parties = (added.values.partyIds ?? caller.memberOfIds.join(',')).split(',');
  const addedIsConfidential = added.values.isConfidential === 'true';
  const isOpenToParties = addedIsConfidential || shownIds.includes('besloten');
  const quickLine = formOf('actieregel', { line, agendaItemId: '' }, rejected);
  return {
    added,
    addedIsConfidential,
    proposers: organisations.map(({ id, name }) => ({
      value: id,
      label: name,
      isChosen: id === added.values.proposedById,
    })),
    isOpenToParties,
    parties: session.state === 'open' && !isOpenToParties ? [] : toChoices(organisations, parties),
    line: quickLine,
    lineItems: agenda.filter(isOnAgenda).map(({ id, number, title, isConfidential }) => ({
      value: id,
      label: isConfidential ? `${number}. besloten` : `${number}. ${title}`,
      isChosen: id === quickLine.values.agendaItemId,
      isConfidential,
    })),
    cancelling: formOf('afgelasten', { reason: '' }, rejected),
    reopening: formOf('heropenen', { reason: '' }, rejected),
    opening: formOf('openen', { confirmed: '' }, rejected),
    closing: formOf('sluiten', {}, rejected),
    isExtra: session.isExtra,
  };
}

const toChoices = (organisations: readonly Named[], chosen: readonly string[]) =>
  organisations.map(({ id, name }) => ({ id, name, isChosen: chosen.includes(id) }));

/** The form for the owner and deadline of one action, to complete or to hand over. */
export function editOf(action: ActionView, organisations: readonly Named[], rejected?: RejectedScreenForm) {
  const stored = {
    ownerId: action.isHandedBack ? '' : (action.ownerId ?? ''),
    dueKind: action.dueKind ?? '',
    dueOn: action.dueOn ?? '',
    reason: '',
    title: action.title,
  };
  const form = formOf('wie-en-wanneer', stored, rejected);
  return {
    id: action.id,
    number: action.number,
    title: action.title,
    dueWords: dueWords(action),
    version: action.version,
    mayWithdraw: action.allowed.includes('withdraw'),
    /** Recorded today, so its title can still be changed. */
    mayRetitle: action.allowed.includes('withdraw'),
    /** Only what has a date can be postponed, for a reason. */
    isDated: action.dueOn !== null,
    form,
    owners: organisations.map(({ id, name }) => ({ value: id, label: name, isChosen: id === form.values.ownerId })),
    due: optionsOf(DUE_CHOICES, 'kies…').map((one) => ({ ...one, isChosen: one.value === form.values.dueKind })),
    withdrawal: formOf('intrekken', { reason: '' }, rejected),
  };
}

/** The forms to add someone on the spot: a person with an address, or a guest by name. */
export function newcomerOf(
  organisations: readonly Named[],
  attendances: readonly AttendanceView[],
  rejected?: RejectedScreenForm,
) {
  const person = formOf(
    'persoon',
    { name: '', email: '', function: '', organisationId: '', newName: '', newKind: 'other' },
    rejected,
  );
  const guest = formOf('gast', { guestName: '', organisationId: '' }, rejected);
  const unnamed = new Set(attendances.filter(({ personId, id }) => !personId && !id).map((one) => one.organisationId));
  const choose = (chosen: string) =>
    organisations
      .toSorted((one, other) => Number(unnamed.has(other.id)) - Number(unnamed.has(one.id)))
      .map(({ id, name }) => ({ value: id, label: name, isChosen: id === chosen }));
  return {
    person,
    guest,
    personIsNew: person.values.organisationId === NEW_ORGANISATION,
    newValue: NEW_ORGANISATION,
    organisations: choose(person.values.organisationId),
    guestOrganisations: choose(guest.values.organisationId),
    kinds: Object.entries(ORGANISATION_KIND_WORDS).map(([value, label]) => ({
      value,
      label,
      isChosen: value === person.values.newKind,
    })),
    isContact: person.values.isContact === 'true' || !person.isTried,
    isReplacement: guest.values.isReplacement === 'true',
  };
}
