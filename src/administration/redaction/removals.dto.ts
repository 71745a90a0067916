import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { IsLine, IsProse } from '../../platform/common/input.js';

export class PassageDto {
  /** The number of the agenda item, or of the action. */
  @IsLine(20)
  item: string;
  /** The words to redact, wherever they occur in the item. */
  @IsProse()
  words: string;
}

export class RedactionDto {
  /** The ground: the article of law or the request it is based on. */
  @IsProse(2000)
  ground: string;
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

/** A text with the words, in another place. */
export interface ElsewhereView {
  /** Where it stands: `minutes`, `agenda_item`, `action`, `judgement`, `goal`, `wijkagenda`, `quarterly_result`, `review`, … */
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

const ID = '019300a0-0000-7000-8000-00000000000a';

export const REMOVAL_EXAMPLE = {
  sessionId: ID,
  kind: 'redacted',
  ground: 'Verzoek van een betrokkene, artikel 17 AVG.',
  by: 'gebiedsadviseur Boskoop',
  at: '2027-02-01T10:00:00.000Z',
  versions: [{ number: 1, hash: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9' }],
  elsewhere: [{ kind: 'minutes', id: ID, label: 'Professionaloverleg Boskoop, 2026-06-30' }],
  version: 4,
} satisfies RemovalView;
