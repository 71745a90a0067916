import { IsBoolean, IsIn } from 'class-validator';
import { IsFlagInQuery, IsId, IsLine, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { QUESTION_OUTCOMES, type QuestionOutcome } from './question.entity.js';

export const TERMS = ['next_session', 'six_weeks'] as const;
export type Term = (typeof TERMS)[number];

export class CreateQuestionDto {
  /** The area it is about. */
  @IsId()
  areaId: string;
  /** What is asked, without names or addresses of residents. */
  @IsLine()
  title: string;
  /** More about it. */
  @Nullable()
  @IsProse(2000)
  details?: string | null;
  /** The organisation that asks; left out for residents, by a partner for its own organisation. */
  @Nullable()
  @IsId()
  requestedById?: string | null;
  /** When it is answered: at the next session, which is the default, or else within six weeks. */
  @Omittable()
  @IsIn(TERMS)
  term?: Term;
  /** Whether the caller lets it be on the public page; see `consent`. */
  @Omittable()
  @IsBoolean()
  agrees?: boolean;
}

export class ChangeQuestionDto extends PatchOf(CreateQuestionDto, {
  omittable: ['title', 'term'],
  nullable: ['details', 'requestedById'],
}) {}

export class SettleQuestionDto {
  /** What came of it. */
  @IsIn(QUESTION_OUTCOMES)
  outcome: QuestionOutcome;
  /** The agenda item that it became; a confidential one cannot. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
  /** The session on whose agenda it comes, if it is no item yet. */
  @Omittable()
  @IsId()
  onAgendaOfId?: string;
  /** The action that it became; a confidential one cannot. */
  @Omittable()
  @IsId()
  actionId?: string;
  /** The initiative that it became. */
  @Omittable()
  @IsId()
  initiativeId?: string;
  /** The answer, or why it is not taken up. */
  @Omittable()
  @IsProse(2000)
  answer?: string;
  /** Who has it now, without names of people. */
  @Omittable()
  @IsLine()
  passedTo?: string;
  /** The number that it has there. */
  @Omittable()
  @IsLine(100)
  reference?: string;
}

export class ConsentDto {
  /** Whether it may be on the public page: it is there once its chair and its asker agree. */
  @IsBoolean()
  agrees: boolean;
}

export const QUESTION_STATES = ['open', 'settled'] as const;

export class QuestionListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only those that are open, or have an outcome. */
  @Omittable()
  @IsIn(QUESTION_STATES)
  state?: (typeof QUESTION_STATES)[number];
  /** `true`: only those of your organisations. */
  @Omittable()
  @IsFlagInQuery()
  own?: boolean;
  /** Part of what is asked. */
  @Omittable()
  @IsLine()
  q?: string;
}
