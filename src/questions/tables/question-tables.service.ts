import { Injectable } from '@nestjs/common';
import { dayCell } from '../../actions/tables/action-table.rules.js';
import type { WordTable } from '../../actions/tables/table-files.service.js';
import { RESIDENTS } from '../../budget/words.js';
import type { Caller } from '../../platform/access/caller.js';
import { wholeList } from '../../platform/common/paging.js';
import type { SheetColumn } from '../../platform/rendering/tables.js';
import type { QuestionListDto } from '../questions.dto.js';
import { Questions } from '../questions.service.js';
import type { QuestionView } from '../questions.views.js';
import { standingWords } from '../words.js';

const KINDS = {
  gebied: 'text',
  vraag: 'text',
  toelichting: 'text',
  'gevraagd door': 'text',
  'gevraagd op': 'day',
  'antwoord uiterlijk': 'day',
  stand: 'text',
  sinds: 'day',
  actie: 'text',
  'antwoord of reden': 'text',
  'doorgegeven aan': 'text',
  'nummer daar': 'text',
  openbaar: 'text',
} as const satisfies Record<string, SheetColumn['kind']>;
export type QuestionColumn = keyof typeof KINDS;

/**
 * Whole lists of questions. They only go out: a question that comes in starts a term and is mailed to who asked, so that an
 * old list would tell organisations of questions they asked long ago.
 */
@Injectable()
export class QuestionTables {
  constructor(private readonly questions: Questions) {}

  /** 400 if there are more than a table takes. */
  async of(query: QuestionListDto, caller: Caller): Promise<WordTable<QuestionColumn>> {
    const found = await wholeList((paging) => this.questions.list({ ...query, ...paging }, caller));
    const columns = (Object.keys(KINDS) as QuestionColumn[]).map((title) => ({ title, kind: KINDS[title] }));
    return { name: 'Vragen', columns, rows: found.map(toRow) };
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
  actie: question.actionNumber ?? '',
  'antwoord of reden': question.answer ?? '',
  'doorgegeven aan': question.passedTo ?? '',
  'nummer daar': question.reference ?? '',
  openbaar: question.chairAgrees && question.askerAgrees ? 'ja' : 'nee',
});
