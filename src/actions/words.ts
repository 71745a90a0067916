import type { ActionStatus, Realisation, ResultSize } from './action.entity.js';
import type { Judged } from './judgements/judgement.entity.js';

/** What the statuses are called on pages, in mails and documents, and in the lists that go out and come in. */
export const STATUS_WORDS: Record<ActionStatus, string> = {
  open: 'open',
  in_progress: 'loopt',
  blocked: 'stokt',
  on_hold: 'aangehouden',
  done: 'gereed',
  cancelled: 'vervallen',
};
/** The kinds of status badge in which pages show them. */
export const STATUS_BADGES: Record<ActionStatus, string> = {
  open: 'neutral',
  in_progress: 'active',
  blocked: 'danger',
  on_hold: 'inactive',
  done: 'safe',
  cancelled: 'inactive',
};

export const JUDGEMENT_WORDS: Record<Judged, string> = {
  realised: 'gelukt',
  partly: 'deels gelukt',
  not: 'niet gelukt',
};
export const REALISATION_WORDS: Record<Realisation, string> = { full: 'helemaal', partial: 'voor een deel' };
export const SIZE_WORDS: Record<ResultSize, string> = { small: 'klein', large: 'groot' };
