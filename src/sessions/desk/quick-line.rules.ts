import { DUE_CHOICES, dueWords } from '../../actions/words.js';
import type { InterpretationView } from '../../actions/quick-line/interpretation.rules.js';
import type { NamedOwner, ReadName } from '../../actions/quick-line/quick-names.rules.js';
import { asSentence, beginningOf } from '../../platform/rendering/text.js';
import { optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { NEW_ORGANISATION } from './new-organisation.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

export const QUICK_FORM = 'actie-nieuw';

const LONGEST_TITLE = 200;

/** The person or organisation chosen from the list while typing; the line begins with `name`. */
interface PickedOwner {
  name: string;
  ownerId: string;
  organisationName: string;
  /** Null for an organisation, and for a guest, who has no id. */
  personId: string | null;
}

/** The chosen owner of a line; undefined if none was chosen, or another name was typed over it. */
export function pickedIn(
  { line = '', pickedName = '', pickedOwnerId = '', pickedPersonId = '' }: Fields,
  organisations: readonly { id: string; name: string }[],
): PickedOwner | undefined {
  const organisation = organisations.find(({ id }) => id === pickedOwnerId);
  const isStill = pickedName !== '' && line.trimStart().startsWith(pickedName);
  if (!organisation || !isStill) return undefined;
  const { id: ownerId, name: organisationName } = organisation;
  return { name: pickedName, ownerId, organisationName, personId: pickedPersonId || null };
}

/** The line as it should be parsed: an ambiguous name of a person is replaced by the chosen organisation. */
export const lineToRead = (line: string, picked?: PickedOwner): string =>
  picked ? picked.organisationName + line.trimStart().slice(picked.name.length) : line;

/** The parsed line, with the chosen owner. */
export function withPicked(read: InterpretationView, picked?: PickedOwner): InterpretationView {
  if (!picked) return read;
  const { name: text, ownerId: id, organisationName: name, personId } = picked;
  const person = personId === null ? null : { id: personId, name: text };
  const coOwners = read.coOwners.filter((one) => one.id !== id);
  return { ...read, owner: { id, name, person, text, certainty: 'sure', alternatives: [] }, coOwners };
}

/**
 * What a line says beyond doubt, as an action to record immediately: no owner if several may be meant, no doubtful
 * deadline. Nothing that was typed is lost: doubtful names and days stay in the title, and what does not fit there goes
 * into the details.
 */
export function certainOf(line: string, { owner, coOwners, title, deadline }: InterpretationView) {
  const names = owner ? [owner, ...coOwners] : coOwners;
  const isDated = deadline !== null && deadline.certainty !== 'doubtful';
  const doubted = names.filter((name) => !isClear(name)).map(({ text }) => text);
  const day = deadline !== null && !isDated && !title.value.includes(deadline.text) ? [deadline.text] : [];
  const told = title.value ? [[...doubted.filter(Boolean), title.value].join(': '), ...day].join(', ') : line;
  const isLong = told.length > LONGEST_TITLE;
  const together = coOwners.filter(isClear).map(({ id }) => id);
  return {
    title: isLong ? `${beginningOf(told, LONGEST_TITLE - 2)} …` : told,
    ...(isLong && { details: line }),
    ...(owner && isClear(owner) && { ownerId: owner.id }),
    ...(owner?.person && isClear(owner) && owner.alternatives.length === 0 && { ownerPersonId: owner.person.id }),
    ...(together.length > 0 && { coOwnerIds: together }),
    ...(isDated && { dueKind: deadline.kind }),
    ...(isDated && deadline.kind === 'date' && { dueOn: deadline.dueOn }),
  };
}

/** A single organisation, although it may be unclear which of its people. */
const isClear = ({ id, alternatives, certainty, person }: ReadName): boolean =>
  alternatives.every((other) => other.id === id) &&
  (certainty !== 'doubtful' || (person !== null && alternatives.length > 0));

/** A parsed line as the fields of the form that saves it: as it would be saved, to be corrected first. */
export function fieldsRead(line: string, agendaItemId: string, read: InterpretationView): Fields {
  const {
    title,
    details = '',
    ownerId = '',
    ownerPersonId = '',
    coOwnerIds = [],
    dueKind = '',
  } = certainOf(line, read);
  return {
    line,
    agendaItemId,
    title,
    details,
    ownerId,
    ownerPersonId,
    personOfId: ownerId,
    personName: read.owner?.person?.name ?? '',
    newName: read.owner ? '' : (read.unknownNames[0] ?? ''),
    newKind: 'other',
    coOwnerIds: coOwnerIds.join(','),
    dueKind,
    dueOn: read.deadline?.dueOn ?? '',
  };
}

/** What is not certain in a line, in words. */
function doubtsAbout({ owner, coOwners, title, deadline, unknownNames }: InterpretationView): string[] {
  const meant = [owner, ...coOwners].filter((one) => one !== null && one.alternatives.length > 0);
  return [
    ...unknownNames.map((name) => `“${name}” staat nog niet in de lijst.`),
    ...meant.map((one) => `“${one!.text}” kan ook zijn: ${one!.alternatives.map(named).join(', ')}.`),
    ...(deadline?.certainty === 'doubtful'
      ? ['Kijk goed naar de datum: die ligt in het verleden, klopt niet met de dag of is een schatting.']
      : []),
    ...(title.certainty === 'doubtful' ? ['Schrijf nog op wat er gedaan wordt.'] : []),
  ];
}

/**
 * "Politie, samen met BOA's. Extra surveillance. Uiterlijk vrijdag 6 juni 2026.", for users who cannot see the form.
 */
function said({ owner, coOwners, title, deadline }: InterpretationView): string {
  const who = [owner ? named(owner) : 'nog geen actiehouder', ...coOwners.map(({ name }) => name)].join(', samen met ');
  const when = dueWords({ dueKind: deadline?.kind ?? null, dueOn: deadline?.dueOn ?? null });
  return [who, title.value || 'Nog niets', when].map(asSentence).join(' ');
}

const named = ({ name, person }: NamedOwner): string => (person ? `${name} (${person.name})` : name);

const EMPTY = {
  line: '',
  agendaItemId: '',
  title: '',
  details: '',
  ownerId: '',
  ownerPersonId: '',
  personOfId: '',
  personName: '',
  newName: '',
  newKind: 'other',
  dueKind: '',
  dueOn: '',
};
const DUE_OPTIONS = [{ value: '', label: 'wanneer?' }, ...optionsOf(DUE_CHOICES)];

/** The form with the parsed line, to correct and save; those who may be meant come first among the options. */
export function toUnderstood(
  fields: Fields,
  read: InterpretationView | null,
  organisations: readonly { id: string; name: string }[],
  rejected?: RejectedScreenForm,
) {
  const form = formOf(QUICK_FORM, { ...EMPTY, ...fields }, rejected);
  const { ownerId, ownerPersonId, personOfId, personName, coOwnerIds = '', dueKind } = form.values;
  const isPersons = (id: string): boolean => id === personOfId && ownerPersonId !== '' && personName !== '';
  const meant = new Set([read?.owner?.id, ...(read?.owner?.alternatives ?? []).map(({ id }) => id)]);
  const together = coOwnerIds.split(',').filter(Boolean);
  return {
    form,
    said: read && said(read),
    doubts: read ? doubtsAbout(read) : [],
    owners: organisations
      .toSorted((one, other) => Number(meant.has(other.id)) - Number(meant.has(one.id)))
      .map(({ id, name }) => ({
        value: id,
        label: isPersons(id) ? `${name} (${personName})` : name,
        isChosen: id === ownerId,
      })),
    hasNew: form.values.newName !== '' || ownerId === NEW_ORGANISATION,
    isNew: ownerId === NEW_ORGANISATION,
    kinds: Object.entries(ORGANISATION_KIND_WORDS).map(([value, label]) => ({
      value,
      label,
      isChosen: value === form.values.newKind,
    })),
    together: organisations.filter(({ id }) => together.includes(id)),
    due: DUE_OPTIONS.map((one) => ({ ...one, isChosen: one.value === dueKind })),
  };
}
