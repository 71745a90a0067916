import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { IsLine, IsProse } from '../../platform/common/input.js';

export class PassageDto {
  /** The number of the agenda item, or of the action. */
  @IsLine(20)
  item: string;
  /** The words to redact, wherever they occur in the item; accents, blanks and line breaks make no difference. */
  @IsProse()
  words: string;
}

export class RedactionDto {
  /** The ground: the article of law or the request it is based on. */
  @IsProse(2000)
  ground: string;
  /** The passages to remove. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PassageDto)
  passages: PassageDto[];
}

export class DestructionDto {
  /** The ground: the category of the selection list. */
  @IsProse(2000)
  ground: string;
}

/**
 * Another text that contains the words.
 * @schema RemovalElsewhere
 */
export interface ElsewhereView {
  /**
   * Where it is: `minutes`, `agenda_item`, `action`, `judgement`, `goal`, `wijkagenda`, `quarterly_result`, `review`, …
   */
  kind: string;
  /** The id of the object; for minutes that of their session. */
  id: string;
  /** Never the text itself. */
  label: string;
}

/** A declaration of what was removed from minutes, on what grounds, by whom and when; never the words themselves. */
export interface RemovalView {
  sessionId: string;
  kind: 'redacted' | 'destroyed';
  ground: string;
  by: string | null;
  at: string;
  /** The hashes of the versions from which text was removed. */
  versions: { number: number; hash: string }[];
  /** Other texts that still contain the words, as far as you may know; at most 100 per kind. Change each separately. */
  elsewhere: ElsewhereView[];
  version: number;
}
