import { Inject, Injectable } from '@nestjs/common';
import { Actions } from '../../actions/actions.service.js';
import { Initiatives } from '../../budget/initiatives.service.js';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { Params, row, rows } from '../../platform/database/rows.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type FieldSpec, type Option } from '../../web/fields.rules.js';
import { type Fields, orEmpty, type RejectedForm } from '../../web/forms.js';
import { partForm, type RejectedPart, recordForm, type RecordView, VERSION } from '../../web/records.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { cell, dayCell, tableOf } from '../../web/tables.rules.js';
import { RESIDENTS } from '../../budget/words.js';
import { QuestionMail } from '../question-mail.service.js';
import { isAsker } from '../questions.access.js';
import { QUESTION_DETAILS } from '../questions.dto.js';
import { Questions } from '../questions.service.js';
import type { QuestionView } from '../questions.views.js';
import { outcomeWords, standingWords, VERB_WORDS } from '../words.js';
import { CONSENT_FIELDS, newQuestionFields, outcomeFields, questionFields } from './question-form.rules.js';

export const QUESTIONS = '/vragen';
const ALL = { page: 1, pageSize: 100 };

/** The forms on the page of a question. */
export type QuestionPart = 'uitkomst' | 'openbaar' | 'gegevens' | 'terug';
export type RejectedQuestion = RejectedPart<QuestionPart>;

/** The page of a question with its outcome, and the form to ask one. */
@Injectable()
export class QuestionPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly questions: Questions,
    private readonly actions: Actions,
    private readonly initiatives: Initiatives,
    private readonly selectOptions: SelectOptions,
    private readonly mail: QuestionMail,
  ) {}

  async fresh(caller: Caller, query: Fields, rejected?: RejectedForm): Promise<RecordView> {
    const isChair = isPermitted(caller, 'questions.write');
    const areas = await this.selectOptions.areasToChoose(caller, 'questions.ask');
    const fields = newQuestionFields(areas, await this.askers(caller, isChair));
    const { REPORTS_URL } = this.settings;
    return {
      title: 'Een vraag stellen',
      back: { href: QUESTIONS, label: 'Vragen' },
      texts: ['U hoort per mail wat er met uw vraag gebeurt.'],
      form: recordForm(`${QUESTIONS}/nieuw`, 'Vraag vastleggen', fields, query, rejected),
      sections: REPORTS_URL
        ? [
            {
              title: 'Een melding over de straat?',
              text: 'Een losse tegel, een kapotte lamp of afval meldt u bij de gemeente. Dat gaat sneller.',
              links: [{ href: REPORTS_URL, label: 'Melding doen' }],
            },
          ]
        : [],
    };
  }

  async view(id: string, caller: Caller, rejected?: RejectedQuestion): Promise<RecordView> {
    const question = await this.questions.read(id, caller);
    const changes = await this.questions.history(id, { page: 1, pageSize: 50 }, caller);
    const mayWrite = isPermittedIn(caller, 'questions.write', question.areaId);
    return {
      title: question.title,
      back: { href: `${QUESTIONS}?area=${question.areaId}`, label: `Vragen ${question.areaName}` },
      texts: question.details === null ? [] : [question.details],
      facts: [...factsOf(question), ...(mayWrite ? await this.toldOf(question) : [])],
      sections: [
        ...subjectOf(question),
        ...(mayWrite ? await this.chairForms(question, caller, rejected) : []),
        ...(mayWrite || isAsker(caller, question) ? [this.consent(question, caller, mayWrite, rejected)] : []),
        {
          title: 'Wat er is gebeurd',
          table: tableOf('Wat er met deze vraag is gebeurd', changes.items, {
            Wanneer: ({ recordedAt }) => dayCell(dayOf(recordedAt), caller.today),
            Wat: ({ verb, outcome }) => (verb === 'settled' ? outcomeWords(outcome) : VERB_WORDS[verb]),
            Door: ({ recordedByName }) => recordedByName,
          }),
        },
      ],
    };
  }

  /** The id of the action with a number that the caller may read; one that is unknown stays a number, for the API to reject. */
  async actionId(number: string, caller: Caller): Promise<string | undefined> {
    const typed = number.trim().toUpperCase();
    if (typed === '') return undefined;
    return (await this.actions.numbered([typed], caller))[0]?.id ?? typed;
  }

  private async chairForms(question: QuestionView, caller: Caller, rejected?: RejectedQuestion) {
    const [sessions, initiatives] = [
      await this.sessions(question.areaId, caller),
      await this.requests(question, caller),
    ];
    const stored = { title: question.title, ...orEmpty(question, ...QUESTION_DETAILS) };
    const settling = this.form('uitkomst', question, outcomeFields(sessions, initiatives), {}, rejected);
    const changing = this.form('gegevens', question, questionFields(await this.askers(caller, true)), stored, rejected);
    const isOpen = question.outcome === null;
    return [
      { title: 'Uitkomst', form: isOpen ? { ...settling, fold: null } : settling },
      ...(isOpen ? [] : [{ title: 'Toch weer open', form: this.form('terug', question, [], {}, rejected) }]),
      { title: 'Gegevens', form: changing },
    ];
  }

  private consent(question: QuestionView, caller: Caller, isChair: boolean, rejected?: RejectedQuestion) {
    const agreed = isAsker(caller, question) ? question.askerAgrees : isChair && question.chairAgrees;
    const form = this.form('openbaar', question, CONSENT_FIELDS, { agrees: agreed ? 'ja' : '' }, rejected);
    return { title: 'Openbaar', form };
  }

  private form(
    part: QuestionPart,
    { id, version }: QuestionView,
    specs: FieldSpec[],
    stored: Fields,
    rejected?: RejectedQuestion,
  ) {
    const values = { ...stored, version: String(version) };
    return partForm(`${QUESTIONS}/${id}`, part, PART_WORDS[part], [...specs, VERSION], values, rejected);
  }

  /** For a chair all organisations and residents; for a partner their own organisations. */
  private async askers(caller: Caller, isChair: boolean): Promise<Option[]> {
    const all = (await this.selectOptions.organisations('')).filter(({ value }) => value !== '');
    if (isChair) return [{ value: '', label: RESIDENTS }, ...all];
    return all.filter(({ value }) => caller.memberOfIds.includes(value));
  }

  /** The chair sees who is notified, or that nobody is. */
  private async toldOf({ id, requestedById, areaId }: QuestionView) {
    if (requestedById === null) return [];
    const sql = 'SELECT q."askedById" FROM "questions" q WHERE q."id" = $1';
    const { askedById } = (await row<{ askedById: string | null }>(this.database.reader, sql, [id]))!;
    const told = await this.mail.toldOf(this.database.reader, { requestedById, askedById, areaId });
    const names = told.map(({ name }) => name).join(', ');
    return [{ term: 'Wie hoort het', text: names || 'niemand: geen contactadres' }];
  }

  private async requests({ areaId }: QuestionView, caller: Caller): Promise<Option[]> {
    if (!isPermittedIn(caller, 'budgets.read', areaId)) return [];
    const { items } = await this.initiatives.list({ ...ALL, area: areaId, state: 'requested' }, caller);
    return items.map(({ id, title }) => ({ value: id, label: title }));
  }

  /** Sessions of the area that still accept items, earliest first. */
  private async sessions(areaId: string, { today }: Caller): Promise<Option[]> {
    const params = new Params();
    const found = await rows<{ id: string; heldOn: string; name: string }>(
      this.database.reader,
      `SELECT s."id", s."heldOn", m."name" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE m."areaId" = ${params.add(areaId)} AND (s."state" = 'open' OR (s."state" = 'planned' AND s."heldOn" >= ${params.add(today)}))
       ORDER BY s."heldOn", s."id" LIMIT 12`,
      params.values,
    );
    return found.map(({ id, heldOn, name }) => ({ value: id, label: `${name}, ${inDutch(heldOn)}` }));
  }
}

const PART_WORDS: Record<QuestionPart, { submit: string; fold: string }> = {
  uitkomst: { submit: 'Uitkomst vastleggen', fold: 'Een andere uitkomst vastleggen' },
  openbaar: { submit: 'Opslaan', fold: 'Wel of niet openbaar' },
  gegevens: { submit: 'Gegevens opslaan', fold: 'Gegevens wijzigen' },
  terug: { submit: 'Zet de vraag weer open', fold: 'De uitkomst terugnemen' },
};

export const askerOf = ({ requestedByName }: Pick<QuestionView, 'requestedByName'>): string =>
  requestedByName ?? RESIDENTS;

function factsOf(question: QuestionView) {
  const { outcome, answer, passedTo, reference, settledOn, dueOn, dueSessionId, chairAgrees, askerAgrees } = question;
  const given = (term: string, text: string | null) => (text === null ? [] : [{ term, text }]);
  const term = `${inDutch(dueOn)}${dueSessionId ? ', volgend overleg' : ''}`;
  const agreed = [chairAgrees && 'voorzitter', askerAgrees && 'vrager'].filter(Boolean).join(' en ');
  return [
    { term: 'Gevraagd door', text: `${askerOf(question)}, ${inDutch(question.askedOn)}` },
    ...(outcome === null ? [{ term: 'Antwoord uiterlijk', text: term }] : []),
    { term: 'Stand', text: standingWords(question) },
    ...given(outcome === 'declined' ? 'Reden' : 'Antwoord', answer),
    ...given('Doorgegeven aan', passedTo),
    ...given('Nummer daar', reference),
    ...given('Sinds', settledOn && inDutch(settledOn)),
    {
      term: 'Openbaar',
      text: chairAgrees && askerAgrees ? 'ja' : agreed ? `nee, alleen de ${agreed} vindt het goed` : 'nee',
    },
  ];
}

/** A link to the item, action or initiative that it became. */
function subjectOf({
  agendaItemId,
  sessionId,
  heldOn,
  actionId,
  actionNumber,
  actionTitle,
  initiativeId,
  initiativeTitle,
  outcome,
}: QuestionView) {
  const links = [
    ...(outcome === 'agenda_item' && agendaItemId
      ? [{ href: `/vergaderingen/${sessionId}`, label: `Vergadering van ${inDutch(heldOn!)}` }]
      : []),
    ...(outcome === 'action' && actionId
      ? [{ href: `/acties/${actionId}`, label: `${actionNumber} ${actionTitle}` }]
      : []),
    ...(outcome === 'initiative' && initiativeId
      ? [{ href: `/initiatieven/${initiativeId}`, label: initiativeTitle! }]
      : []),
  ];
  return links.length === 0 ? [] : [{ title: 'Wat ervan is gekomen', links }];
}

export const questionCell = ({ id, title }: Pick<QuestionView, 'id' | 'title'>) => cell(title, `${QUESTIONS}/${id}`);
