import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';
import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new id: UUID version 7, so that ids sort by creation time. */
export const newId = (): string => v7();

/** Whether it is the id of a record as stored. PostgreSQL fails on anything else. */
export const isId = (text: string): boolean => UUID.test(text);

/** A path id in lower case; 400 if it is not a UUID, so that it never reaches the database. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    if (!isId(id)) {
      throw new BadRequestException('The id in the path is not a UUID.', { errorCode: 'INVALID_ID' });
    }
    return id;
  }
}
