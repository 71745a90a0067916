import { IsBoolean } from 'class-validator';
import { IsLine } from '../platform/common/input.js';

export class ChangeFileDto {
  /** Whether the public page of the area shows it, with the public line of its action or initiative. */
  @IsBoolean()
  isPublic: boolean;
}

export class RedactFileDto {
  /** The ground: the article of law or the request it is based on. */
  @IsLine(500)
  ground: string;
}
