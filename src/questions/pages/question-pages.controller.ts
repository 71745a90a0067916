import { Param } from '@nestjs/common';
import { TableFiles } from '../../actions/tables/table-files.service.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { optionsOf } from '../../web/fields.rules.js';
import { type Fields, orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { SelectOptions } from '../../web/select-options.service.js';
import type { Link } from '../../web/records.rules.js';
import { dayCell, listQuery } from '../../web/tables.rules.js';
import { QuestionOutcomes } from '../question-outcomes.service.js';
import {
  ChangeQuestionDto,
  ConsentDto,
  CreateQuestionDto,
  QUESTION_DETAILS,
  QuestionListDto,
  SettleQuestionDto,
} from '../questions.dto.js';
import { Questions } from '../questions.service.js';
import { QuestionTables } from '../tables/question-tables.service.js';
import { outcomeWords, QUESTION_WORDS, standingWords, STATE_CHOICES } from '../words.js';
import { toOutcome } from './question-form.rules.js';
import {
  askerOf,
  questionCell,
  type QuestionPart,
  QuestionPages,
  QUESTIONS,
  type RejectedQuestion,
} from './question-pages.service.js';

/** Questions of organisations and residents. */
@PageController('vragen')
export class QuestionPagesController {
  constructor(
    private readonly questions: Questions,
    private readonly outcomes: QuestionOutcomes,
    private readonly pages: QuestionPages,
    private readonly selectOptions: SelectOptions,
    private readonly tables: QuestionTables,
    private readonly files: TableFiles,
  ) {}

  @Page('', 'questions.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const { caller, query } = page;
    const found = await this.questions.list(toInput(QuestionListDto, listQuery(query)), caller);
    const areas = await this.selectOptions.areas('alle gebieden', { caller, permission: 'questions.read' });
    const area = areas.find(({ value }) => value !== '' && value === query.area);
    const add = { href: `${QUESTIONS}/nieuw?areaId=${query.area ?? ''}`, label: 'Vraag stellen' };
    return page.showRegister(found, {
      title: 'Vragen',
      ...(area && { back: { href: `/gebieden/${area.value}`, label: area.label } }),
      add: isPermitted(caller, 'questions.ask') ? add : null,
      links: found.total > 0 ? linksOf(query) : [],
      search: [
        { name: 'area', label: 'Gebied', type: 'choice', options: areas },
        {
          name: 'state',
          label: 'Stand',
          type: 'choice',
          options: [{ value: '', label: 'alle' }, ...optionsOf(STATE_CHOICES)],
        },
      ],
      submit: 'Tonen',
      columns: {
        Vraag: questionCell,
        Gebied: ({ areaName }) => areaName,
        'Gevraagd door': askerOf,
        Op: ({ askedOn }) => dayCell(askedOn, caller.today),
        Stand: standingWords,
        'Antwoord uiterlijk': ({ outcome, dueOn }) => (outcome === null ? dayCell(dueOn, caller.today) : null),
      },
      empty: 'Er zijn nog geen vragen.',
      nothingFound: 'Hier zijn geen vragen.',
      emptyHint:
        'Het hoeft niet. De voorzitter van een gebied begint ermee; daarna kunnen partners zelf vragen stellen.',
    });
  }

  @Page('lijst.:format', 'questions.read')
  async file(@CurrentPage() page: PageContext, @Param('format') format: string): Promise<string | Buffer> {
    const query = toInput(QuestionListDto, listQuery(page.query));
    return this.files.download(page, format, await this.tables.of(query, page.caller));
  }

  @Page('nieuw', 'questions.ask')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    return page.showRecord(await this.pages.fresh(page.caller, page.query, rejected), rejected);
  }

  @FormPost('nieuw', 'questions.ask')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(QUESTION_WORDS, (rejected) => this.fresh(form, rejected));
    const input = { ...filledIn(form.fields), agrees: form.fields.agrees === 'ja' };
    const { id } = await this.questions.create(toInput(CreateQuestionDto, input, ['areaId', 'title']), form.caller);
    return form.goOn(`${QUESTIONS}/${id}`, 'Uw vraag is vastgelegd.');
  }

  @Page(':id', 'questions.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedQuestion): Promise<string> {
    return page.showRecord(await this.pages.view(id, page.caller, rejected), rejected);
  }

  @FormPost(':id/uitkomst', 'questions.write')
  async settle(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('uitkomst', form, id);
    const actionId = await this.pages.actionId(form.fields.actionId ?? '', form.caller);
    const input = toInput(SettleQuestionDto, toOutcome(form.fields, actionId), ['outcome']);
    const { outcome } = await this.outcomes.settle(id, input, form.version, form.caller);
    return form.goOn(`${QUESTIONS}/${id}`, `Vastgelegd: ${outcomeWords(outcome)}.`);
  }

  @FormPost(':id/terug', 'questions.write')
  async reopen(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('terug', form, id);
    await this.outcomes.reopen(id, form.version, form.caller);
    return form.goOn(`${QUESTIONS}/${id}`, 'De vraag is weer open.');
  }

  @FormPost(':id/gegevens', 'questions.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('gegevens', form, id);
    const input = { title: form.fields.title, ...orNull(form.fields, ...QUESTION_DETAILS) };
    await this.questions.change(id, toInput(ChangeQuestionDto, input, ['title']), form.version, form.caller);
    return form.goOn(`${QUESTIONS}/${id}`, 'Opgeslagen: gegevens.');
  }

  @FormPost(':id/openbaar', 'questions.ask')
  async consent(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('openbaar', form, id);
    const { agrees } = toInput(ConsentDto, { agrees: form.fields.agrees === 'ja' });
    await this.questions.consent(id, agrees, form.version, form.caller);
    return form.goOn(`${QUESTIONS}/${id}`, 'Opgeslagen.');
  }

  /** Each form is on the page of the question, under its own name. */
  private begin(part: QuestionPart, form: SubmittedForm, id: string): void {
    const idOf = (field: string) => `${part}-${field}`;
    form.ifRejected({ ...QUESTION_WORDS, idOf }, (rejected) => this.show(form, id, { part, ...rejected }));
  }
}

const filledIn = ({ agrees: _, ...fields }: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** The same list as a file. */
function linksOf({ area = '', state = '' }: Fields): Link[] {
  const search = new URLSearchParams({ ...(area && { area }), ...(state && { state }) }).toString();
  const wanted = search ? `?${search}` : '';
  return [
    { href: `${QUESTIONS}/lijst.xlsx${wanted}`, label: 'Deze lijst als Excel' },
    { href: `${QUESTIONS}/lijst.csv${wanted}`, label: 'Deze lijst als CSV' },
  ];
}
