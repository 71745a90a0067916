import type { DueKind } from '../actions/action.entity.js';
import { dueWords } from '../actions/words.js';
import { euros } from '../budget/money.rules.js';
import { inDutch } from '../platform/common/calendar-date.js';
import type { FormWords } from '../web/forms.js';
import type { QuestionVerb } from './question-change.entity.js';
import { RESIDENTS } from '../budget/words.js';
import type { QuestionContent } from './asked-in-session.js';
import type { QuestionOutcome } from './question.entity.js';
import type { Term } from './questions.dto.js';
import type { QuestionView } from './questions.views.js';
import type { LaterTurn } from './turns.js';

/** The state of a question with this outcome, for everybody. */
const OUTCOME_WORDS: Record<QuestionOutcome, string> = {
  agenda_item: 'staat op een agenda',
  action: 'is een actie geworden',
  initiative: 'is een initiatief geworden',
  answered: 'beantwoord',
  declined: 'niet opgepakt',
  passed_on: 'doorgegeven',
};
const OPEN_WORDS = 'nog open';
export const outcomeWords = (outcome: QuestionOutcome | null): string =>
  outcome === null ? OPEN_WORDS : OUTCOME_WORDS[outcome];
/** The outcomes a chair can choose. */
export const OUTCOME_CHOICES: Record<QuestionOutcome, string> = {
  answered: 'beantwoord',
  agenda_item: 'agendapunt',
  action: 'actie',
  initiative: 'initiatief van het leefbaarheidsbudget',
  declined: 'niet opgepakt',
  passed_on: 'doorgegeven',
};
export const STATE_CHOICES = { open: OPEN_WORDS, settled: 'met een uitkomst' };
export const TERM_CHOICES: Record<Term, string> = {
  next_session: 'volgend overleg',
  six_weeks: 'binnen zes weken',
};
export const VERB_WORDS: Record<QuestionVerb, string> = {
  recorded: 'gesteld',
  changed: 'gewijzigd',
  agreed: 'openbaar: antwoord gewijzigd',
  settled: 'uitkomst',
  reopened: 'uitkomst teruggenomen',
};
const PROGRESS_WORDS: Partial<Record<NonNullable<QuestionView['progress']>, string>> = {
  discussed: 'besproken',
  not_discussed: 'nog niet besproken',
  adjourned: 'doorgeschoven',
  done: 'klaar',
  cancelled: 'gaat niet door',
  granted: 'toegekend',
  refused: 'afgewezen',
};

/** "is een actie geworden: klaar" */
export const standingWords = ({ outcome, progress }: Pick<QuestionView, 'outcome' | 'progress'>): string => {
  const how = outcome === null || progress === null ? undefined : PROGRESS_WORDS[progress];
  return how ? `${outcomeWords(outcome)}: ${how}` : outcomeWords(outcome);
};

/** The answer, the reason, or who has it now; null if there is none in words. */
export const answerWords = ({ answer, passedTo }: Pick<QuestionView, 'answer' | 'passedTo'>): string | null =>
  [passedTo?.replace(answer ? /\.$/ : '', ''), answer].filter(Boolean).join('. ') || null;

/** "Waar blijft de bank? (Dorpsraad Boskoop): beantwoord. In mei." or "…: doorgegeven: het waterschap." as in minutes. */
export function questionWords({
  title,
  requestedBy,
  outcome,
  answer,
  passedTo,
  actionNumber,
}: QuestionContent): string {
  const how = outcome === null ? VERB_WORDS.recorded : OUTCOME_WORDS[outcome];
  const subject = actionNumber === null ? '' : ` (${actionNumber})`;
  const words = answerWords({ answer, passedTo });
  const link = passedTo === null ? '.' : ':';
  return `${title} (${requestedBy ?? RESIDENTS}): ${how}${subject}${words === null ? '.' : `${link} ${words}`}`;
}

export const NO_NAMES =
  'Noem hier geen bewoners: geen naam of adres. Vertrouwelijk is dit nooit: alle partners in het gebied kunnen het lezen.';

export type Turn = 'recorded' | QuestionOutcome | LaterTurn;

/** The contents of a mail about a change. */
export interface TurnFacts extends Pick<
  QuestionView,
  'id' | 'title' | 'areaName' | 'dueOn' | 'dueSessionId' | 'outcome' | 'answer' | 'passedTo' | 'reference' | 'heldOn'
> {
  turn: Turn;
  contactEmail: string | null;
  meetingName: string | null;
  /** The action, if its people have already been notified. */
  what: string | null;
  who: string | null;
  actionDueKind: DueKind | null;
  actionDueOn: string | null;
  result: string | null;
  statusReason: string | null;
  initiativeTitle: string | null;
  reason: string | null;
  grantedCents: number | null;
}

const given = (text: string | null): string[] => (text === null ? [] : [text]);
const named = (name: string, text: string | null): string[] => given(text && `${name}: ${text}`);

/** The heading and lines of the mail about a change. */
export function turnWords(facts: TurnFacts): { heading: string; lines: string[] } {
  const { answer, passedTo, reference, what, who, initiativeTitle } = facts;
  const meeting = facts.heldOn === null ? '' : `${facts.meetingName} op ${inDutch(facts.heldOn)}`;
  const due = facts.actionDueKind && dueWords({ dueKind: facts.actionDueKind, dueOn: facts.actionDueOn });
  const say = (heading: string, ...lines: string[]) => ({ heading, lines });
  switch (facts.turn) {
    case 'recorded':
      return say(
        'Uw vraag is vastgelegd',
        facts.dueSessionId === null
          ? `U hoort uiterlijk ${inDutch(facts.dueOn)} wat ermee gebeurt.`
          : `U hoort bij het volgende overleg, op ${inDutch(facts.dueOn)}, wat ermee gebeurt.`,
      );
    case 'agenda_item':
      return say('Uw vraag staat op de agenda', `Uw vraag komt aan de orde in de vergadering van ${meeting}.`);
    case 'action': {
      const agreed = [...named('Wat', what), ...named('Wie', who), ...named('Wanneer', due)];
      return say(
        'Van uw vraag is een actie gemaakt',
        ...(what === null ? [] : agreed),
        'U hoort het als de actie klaar is of later wordt.',
      );
    }
    case 'initiative':
      return say(
        'Uw vraag is een initiatief geworden',
        `Het initiatief: ${initiativeTitle}.`,
        'U hoort wat erover wordt besloten.',
      );
    case 'answered':
      return say('Er is een antwoord op uw vraag', ...given(answer));
    case 'declined':
      return say('Uw vraag wordt niet opgepakt', 'Dit is de reden:', ...given(answer));
    case 'passed_on': {
      const number = reference === null ? '' : ` Het nummer daar is ${reference}.`;
      return say(
        'Uw vraag is doorgegeven',
        `Uw vraag ligt nu bij: ${passedTo?.replace(/\.$/, '')}.${number}`,
        ...given(answer),
      );
    }
    case 'discussed':
      return say('Uw vraag is besproken', `Dat was in de vergadering van ${meeting}.`);
    case 'not_discussed':
      return say('Uw vraag is nog niet besproken', `In de vergadering van ${meeting} was er geen tijd voor.`);
    case 'adjourned':
      return say(
        'Uw vraag is doorgeschoven',
        `De vergadering van ${meeting} heeft uw vraag doorgeschoven naar een volgende keer.`,
      );
    case 'done':
      return say('De actie van uw vraag is klaar', ...named('Wat', what), ...named('Resultaat', facts.result));
    case 'cancelled':
      return say('De actie van uw vraag gaat niet door', ...named('Wat', what), ...named('Reden', facts.statusReason));
    case 'postponed':
      return say('De actie van uw vraag wordt later klaar', ...named('Wat', what), ...named('Nu is afgesproken', due));
    case 'granted':
      return say(
        'Er is geld voor uw initiatief',
        `${initiativeTitle}: toegekend ${euros(facts.grantedCents ?? 0)}.`,
        ...given(facts.reason),
      );
    case 'refused':
      return say('Er komt geen geld voor uw initiatief', `${initiativeTitle}: afgewezen.`, ...given(facts.reason));
  }
}

const NUMBER =
  'Vul het nummer in van een actie, zoals BOS-12. Een vertrouwelijke actie kan niet: geef dan een antwoord.';
export const QUESTION_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    title: 'Schrijf de vraag op, in hoogstens 200 tekens.',
    details: 'Hoogstens 2000 tekens.',
    requestedById: 'Kies een organisatie.',
    term: 'Kies wanneer er een antwoord komt.',
    outcome: 'Kies wat ermee gebeurt.',
    agendaItemId: 'Kies een vergadering. Een vertrouwelijk punt kan niet: geef dan een antwoord.',
    onAgendaOfId: 'Kies een vergadering.',
    actionId: NUMBER,
    initiativeId: 'Kies een initiatief.',
    answer: 'Schrijf het antwoord op, in hoogstens 2000 tekens.',
    passedTo: 'Vul in wie de vraag nu heeft, in hoogstens 200 tekens.',
    reference: 'Hoogstens 100 tekens.',
  },
  violations: {
    ANSWER_REQUIRED: 'Schrijf het antwoord op.',
    REASON_REQUIRED: 'Schrijf op waarom niet.',
  },
  codes: {
    QUESTIONS_NOT_STARTED: 'In dit gebied kunt u hier nog geen vraag stellen. De voorzitter begint daarmee.',
    NOT_SETTLED: 'Deze vraag is nog open.',
  },
};
