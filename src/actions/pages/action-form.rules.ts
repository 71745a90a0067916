import { CreateUpdateDto } from '../action-updates.dto.js';
import { type Fields, type FormWords, toInput } from '../../web/forms.js';

/** What a person can say about an action of the own organisation. The first two are one click. */
export const CHOICES = [
  { value: 'in_progress', label: 'Loopt' },
  { value: 'done', label: 'Gereed' },
  { value: 'partly', label: 'Gereed, deels gelukt' },
  { value: 'blocked', label: 'Stokt' },
  { value: 'on_hold', label: 'Wacht, tot een datum' },
  { value: 'later', label: 'Later klaar' },
  { value: 'cancelled', label: 'Vervalt' },
  { value: 'not_ours', label: 'Niet voor ons' },
] as const;

export const ACTION_WORDS: FormWords = {
  fields: {
    status: 'Kies hoe het staat.',
    reason: 'Schrijf erbij waarom, dan weten de anderen waar zij aan toe zijn.',
    dueOn: 'Kies een nieuwe datum die klopt.',
    resumeOn: 'Kies de datum waarop de actie weer begint. Die ligt na vandaag.',
    result: 'De toelichting is te lang: hoogstens 2000 tekens.',
    comment: 'De toelichting is te lang: hoogstens 2000 tekens.',
  },
};

/** What an action that was closed by mistake goes back to; what needs more than a word goes back to open. */
export function toReopening(was: string): CreateUpdateDto {
  const status = was === 'in_progress' || was === 'blocked' ? was : 'open';
  return toInput(CreateUpdateDto, { status, reason: 'Bij vergissing gemeld; ongedaan gemaakt.' });
}

/** The form of one action as input for the API. Throws its 400 for what is missing. */
export function toUpdate({ status = '', line = '', day = '' }: Fields): CreateUpdateDto {
  const say = (fields: object) => toInput(CreateUpdateDto, fields);
  switch (status) {
    case 'in_progress':
      return say({ status, comment: line });
    case 'done':
    case 'partly':
      return say({ status: 'done', realisation: status === 'done' ? 'full' : 'partial', result: line });
    case 'blocked':
    case 'cancelled':
      return say({ status, reason: line });
    case 'on_hold':
      return say({ status, reason: line, resumeOn: day });
    case 'later':
      return say({ dueOn: day === '' ? '-' : day, reason: line });
    case 'not_ours':
      return say({ handBack: true, reason: line });
    default:
      return say({ status: status === '' ? '-' : status });
  }
}
