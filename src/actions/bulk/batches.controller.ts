import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { EnterBatchDto } from './batches.dto.js';
import { Batches } from './batches.service.js';

@Controller('v1/action-updates')
export class BatchesController {
  constructor(private readonly batches: Batches) {}

  @Post()
  @HttpCode(200)
  @Requires('actions.answer')
  @Describe('Enter updates of many actions in one transaction; a rejected row does not stop the others', {
    never: ['NOT_FOUND', 'VERSION_CHANGED'],
  })
  enter(@Body() { items }: EnterBatchDto, @CurrentCaller() caller: Caller) {
    return this.batches.enter(items, caller);
  }
}
