import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { ChangeChairDto } from './chair-changes.dto.js';
import { ChairChanges } from './chair-changes.service.js';

@Controller('v1/chair-changes')
export class ChairChangesController {
  constructor(private readonly chairs: ChairChanges) {}

  @Post()
  @HttpCode(200)
  @Requires('grants.write')
  @Describe('Replace the chair of an area from a day on: role, meetings, planned sessions and own actions', {
    never: ['VERSION_CHANGED'],
    rules: 'The open actions in the name of the former chair change hands immediately, the rest on that day.',
  })
  change(@Body() input: ChangeChairDto, @CurrentCaller() caller: Caller) {
    return this.chairs.change(input, caller);
  }
}
