import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';
import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new id: UUID version 7, so that ids sort by the moment they were made. */
export const newId = (): string => v7();

export const isId = (text: string): boolean => UUID.test(text);

/** A path id in lower case; 400 when it is no UUID, so that no database sees it. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    if (!UUID.test(id)) {
      throw new BadRequestException('The id in the path is not a UUID.', { errorCode: 'INVALID_ID' });
    }
    return id;
  }
}
