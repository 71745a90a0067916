import { Controller, Get, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { EarlyWarningListDto } from './early-warnings.dto.js';
import { EarlyWarnings } from './early-warnings.service.js';

@Controller('v1/early-warnings')
export class EarlyWarningsController {
  constructor(private readonly warnings: EarlyWarnings) {}

  @Get()
  @Requires('warnings.read')
  @Describe('List the early warnings in your areas, each with its reason')
  list(@Query() query: EarlyWarningListDto, @CurrentCaller() caller: Caller) {
    return this.warnings.list(query, caller);
  }
}
