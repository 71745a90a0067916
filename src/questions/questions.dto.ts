import { IsBoolean, IsIn } from 'class-validator';
import { IsFlagInQuery, IsId, IsLine, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import { type Question, QUESTION_OUTCOMES, type QuestionOutcome } from './question.entity.js';

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
  /** The organisation that asks; omitted for residents, and by a partner for its own organisation. */
  @Nullable()
  @IsId()
  requestedById?: string | null;
  /** When it is to be answered: by the next session, which is the default, or within six weeks. */
  @Omittable()
  @IsIn(TERMS)
  term?: Term;
  /** Whether the caller agrees to publish it; see `consent`. */
  @Omittable()
  @IsBoolean()
  agrees?: boolean;
}

/** What may be left open, and cleared. */
export const QUESTION_DETAILS = [...(['details', 'requestedById'] as const)] satisfies (keyof CreateQuestionDto &
  keyof Question)[];

export class ChangeQuestionDto extends PatchOf(CreateQuestionDto, {
  omittable: ['title', 'term'],
  nullable: QUESTION_DETAILS,
}) {}

export class SettleQuestionDto {
  /** The outcome. */
  @IsIn(QUESTION_OUTCOMES)
  outcome: QuestionOutcome;
  /** The agenda item that it became, which must not be confidential. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
  /** The session on whose agenda it is put, if it is not an item yet. */
  @Omittable()
  @IsId()
  onAgendaOfId?: string;
  /** The action that it became, which must not be confidential. */
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
  /** Who it was passed on to, without names of people. */
  @Omittable()
  @IsLine()
  passedTo?: string;
  /** Its reference number there. */
  @Omittable()
  @IsLine(100)
  reference?: string;
}

export class ConsentDto {
  /** Whether it may be on the public page, where it appears once both its chair and its asker agree. */
  @IsBoolean()
  agrees: boolean;
}

export const QUESTION_STATES = ['open', 'settled'] as const;

export class QuestionListDto extends PagingDto {
  /** Including the areas below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only those that are open, or only those with an outcome. */
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
