import { Controller, Get, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { Describe } from '../common/describe.js';
import { AuditEntryListDto } from './audit-entries.dto.js';
import { AuditEntries } from './audit-entries.service.js';

@Controller('v1/audit-entries')
export class AuditEntriesController {
  constructor(private readonly entries: AuditEntries) {}

  @Get()
  @Requires('audit.read')
  @Describe('List audit entries, newest first')
  list(@Query() query: AuditEntryListDto, @CurrentCaller() caller: Caller) {
    return this.entries.list(query, caller);
  }
}
