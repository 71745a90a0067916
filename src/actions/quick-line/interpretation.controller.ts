import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { InterpretLineDto } from './interpretation.dto.js';
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
}
