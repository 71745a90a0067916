import { Injectable } from '@nestjs/common';
import { dayCell } from '../../actions/tables/action-table.rules.js';
import type { WordTable } from '../../actions/tables/table-files.service.js';
import { RESIDENTS } from '../../budget/words.js';
import type { Caller } from '../../platform/access/caller.js';
import { wholeList } from '../../platform/common/paging.js';
import type { QuestionListDto } from '../questions.dto.js';
import { Questions } from '../questions.service.js';
import type { QuestionView } from '../questions.views.js';
import { standingWords } from '../words.js';

const TITLES = [
  ...(['gebied', 'vraag', 'toelichting', 'gevraagd door', 'gevraagd op', 'antwoord uiterlijk', 'stand'] as const),
  ...(['sinds', 'nummer van de actie', 'antwoord of reden', 'doorgegeven aan', 'nummer daar', 'openbaar'] as const),
] as const;
type QuestionColumn = (typeof TITLES)[number];
const DAYS: ReadonlySet<QuestionColumn> = new Set(['gevraagd op', 'antwoord uiterlijk', 'sinds']);
const COLUMNS = TITLES.map((title) => ({ title, kind: DAYS.has(title) ? ('day' as const) : ('text' as const) }));

/**
 * Whole lists of questions, for export only: importing a question would start its deadline and mail the asker, so an
 * old list would notify organisations of questions they asked long ago.
 */
@Injectable()
export class QuestionTables {
  constructor(private readonly questions: Questions) {}

  /** 400 if there are more than a table may have. */
  async of(query: QuestionListDto, caller: Caller): Promise<WordTable<QuestionColumn>> {
    const found = await wholeList((paging) => this.questions.list({ ...query, ...paging }, caller));
    return { name: 'Vragen', columns: COLUMNS, rows: found.map(toRow) };
  }
}

const toRow = (question: QuestionView): Record<QuestionColumn, string> => ({
  gebied: question.areaName,
  vraag: question.title,
  toelichting: question.details ?? '',
  'gevraagd door': question.requestedByName ?? RESIDENTS,
  'gevraagd op': dayCell(question.askedOn),
  'antwoord uiterlijk': dayCell(question.dueOn),
  stand: standingWords(question),
  sinds: dayCell(question.settledOn),
  'nummer van de actie': question.actionNumber ?? '',
  'antwoord of reden': question.answer ?? '',
  'doorgegeven aan': question.passedTo ?? '',
  'nummer daar': question.reference ?? '',
  openbaar: question.chairAgrees && question.askerAgrees ? 'ja' : 'nee',
});
