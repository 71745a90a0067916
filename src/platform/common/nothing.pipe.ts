import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from './problems.js';

/** For operations without a request body: an empty body is accepted, any field is rejected by name. */
@Injectable()
export class NothingPipe implements PipeTransform<unknown, undefined> {
  transform(body: unknown): undefined {
    if (body === undefined || body === null) return undefined;
    const fields = typeof body === 'object' ? Object.keys(body) : ['body'];
    if (fields.length > 0) throw invalid(fields.map((field) => ({ field, message: `${field} is not a known field` })));
    return undefined;
  }
}
