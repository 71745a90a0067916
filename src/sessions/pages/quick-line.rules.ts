import { DUE_CHOICES, dueWords } from '../../actions/words.js';
import type { InterpretationView } from '../../actions/quick-line/interpretation.rules.js';
import type { NamedOwner, ReadName } from '../../actions/quick-line/quick-names.rules.js';
import { optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { NEW_ORGANISATION } from './new-organisation.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

export const QUICK_FORM = 'actie-nieuw';

export interface Choice {
  value: string;
  label: string;
  isChosen: boolean;
}

/** A parsed line as the fields of the form that saves it. */
export function fieldsRead(line: string, agendaItemId: string, read: InterpretationView): Fields {
  const { owner, coOwners, title, deadline, unknownNames } = read;
  // With the name in a field of its own, the title does without.
  const isNew = !owner && unknownNames.length > 0;
  return {
    line,
    agendaItemId,
    title: (isNew ? title.alternatives[0] : title.value) || line,
    ownerId: owner?.id ?? (unknownNames.length > 0 ? NEW_ORGANISATION : ''),
    newName: owner ? '' : (unknownNames[0] ?? ''),
    newKind: 'other',
    coOwnerIds: coOwners.map(({ id }) => id).join(','),
    dueKind: deadline?.kind ?? '',
    dueOn: deadline?.dueOn ?? '',
  };
}

const LONGEST_TITLE = 200;

/**
 * What a line says beyond doubt, as an action to record at once: no owner where several are meant, no deadline that
 * is doubtful. Nothing that was typed is lost: names and days in doubt stay in the title, what is too long for it in
 * the details.
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
    title: isLong ? `${told.slice(0, LONGEST_TITLE - 2).replace(/\s+\S*$/, '')} …` : told,
    ...(isLong && { details: line }),
    ...(owner && isClear(owner) && { ownerId: owner.id }),
    ...(owner?.person && isClear(owner) && owner.alternatives.length === 0 && { ownerPersonId: owner.person.id }),
    ...(together.length > 0 && { coOwnerIds: together }),
    ...(isDated && { dueKind: deadline.kind }),
    ...(isDated && deadline.kind === 'date' && { dueOn: deadline.dueOn }),
  };
}

/** One organisation, although it may be unclear which of its people. */
const isClear = ({ id, alternatives, certainty, person }: ReadName): boolean =>
  alternatives.every((other) => other.id === id) &&
  (certainty !== 'doubtful' || (person !== null && alternatives.length > 0));

/** "Politie, samen met BOA's · Extra surveillance · uiterlijk vrijdag 6 juni 2026", and the doubtful parts. */
export function readBack(read: InterpretationView): { who: string; what: string; when: string; doubts: string[] } {
  const { owner, coOwners, title, deadline, unknownNames } = read;
  const doubts = [
    ...unknownNames.map((name) => `“${name}” staat nog niet in de lijst.`),
    ...[owner, ...coOwners].flatMap((one) =>
      one && one.alternatives.length > 0
        ? [`“${one.text}” kan ook zijn: ${one.alternatives.map(named).join(', ')}.`]
        : [],
    ),
    ...(deadline?.certainty === 'doubtful'
      ? ['Kijk goed naar de datum: die ligt in het verleden, klopt niet met de dag of is een schatting.']
      : []),
    ...(title.certainty === 'doubtful' ? ['Schrijf nog op wat er gedaan wordt.'] : []),
  ];
  return {
    who: [owner ? named(owner) : 'nog geen actiehouder', ...coOwners.map(({ name }) => name)].join(', samen met '),
    what: title.value || '(nog niets)',
    when: dueWords({ dueKind: deadline?.kind ?? null, dueOn: deadline?.dueOn ?? null }),
    doubts,
  };
}

const named = ({ name, person }: NamedOwner): string => (person ? `${name} (${person.name})` : name);

const EMPTY = {
  line: '',
  agendaItemId: '',
  title: '',
  ownerId: '',
  newName: '',
  newKind: 'other',
  dueKind: '',
  dueOn: '',
};
const DUE_OPTIONS = [...optionsOf(DUE_CHOICES), { value: '', label: 'later invullen' }];

/** The form with the parsed line, to correct and save; ambiguous names come first, as choices. */
export function toUnderstood(
  fields: Fields,
  read: InterpretationView | null,
  organisations: readonly { id: string; name: string }[],
  rejected?: RejectedScreenForm,
) {
  const form = formOf(QUICK_FORM, { ...EMPTY, ...fields }, rejected);
  const { ownerId, coOwnerIds = '', dueKind } = form.values;
  const alternatives = (read?.owner?.alternatives ?? []).map(({ id }) => id);
  const near = organisations.filter(({ id }) => id === read?.owner?.id || alternatives.includes(id));
  const together = coOwnerIds.split(',').filter(Boolean);
  const choice = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name, isChosen: id === ownerId });
  return {
    form,
    back: read ? readBack(read) : null,
    near: alternatives.length > 0 ? near.map(choice) : [],
    owners: organisations.filter((one) => alternatives.length === 0 || !near.includes(one)).map(choice),
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
