import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from './problems.js';

/** For operations that take no body: an empty one is fine, fields in it are refused by name. */
@Injectable()
export class NothingPipe implements PipeTransform<unknown, undefined> {
  transform(body: unknown): undefined {
    if (body === undefined || body === null) return undefined;
    const fields = typeof body === 'object' ? Object.keys(body) : ['body'];
    if (fields.length > 0) throw invalid(fields.map((field) => ({ field, message: `${field} is not known here` })));
    return undefined;
  }
}
