import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { InterpretLineDto, OwnerCandidateListDto } from './interpretation.dto.js';
import { Interpretation } from './interpretation.service.js';

@Controller('v1/actions/interpretation')
export class InterpretationController {
  constructor(private readonly interpretation: Interpretation) {}

  @Post()
  @HttpCode(200)
  @Requires('actions.write')
  @Describe('Parse a line of Dutch into owner, action and deadline, without saving it')
  interpret(@Body() input: InterpretLineDto, @CurrentCaller() caller: Caller) {
    return this.interpretation.read(input, caller);
  }

  @Get('candidates')
  @Requires('actions.write')
  @Describe('List who can own an action while a name is typed, those at the table first', {
    rules:
      '`place` is `table` for those at the table of the session or meeting, `area` for agendaleden and those with a contact in the area. ' +
      'A person is listed once per organisation; `ownerPersonId` is null for a guest, whose organisation can own the action.',
  })
  candidates(@Query() query: OwnerCandidateListDto, @CurrentCaller() caller: Caller) {
    return this.interpretation.candidates(query, caller);
  }
}
