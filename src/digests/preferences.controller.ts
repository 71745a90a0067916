import { Body, Controller, Get, Patch } from '@nestjs/common';
import { asPerson, type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { ChangePreferencesDto } from './digests.dto.js';
import { Unsubscribing } from './unsubscribing.service.js';

/** The weekly mail as its recipient wants it: for people, not for programs. */
@Controller('v1/me/preferences')
export class PreferencesController {
  constructor(private readonly unsubscribing: Unsubscribing) {}

  @Get()
  @Requires('me.write')
  @Describe('Read whether you get the weekly mail')
  read(@CurrentCaller() caller: Caller) {
    return this.unsubscribing.preferences(asPerson(caller).personId);
  }

  @Patch()
  @Requires('me.write')
  @Describe('Pause or stop your weekly mail, or get it again', { never: ['NOT_FOUND'] })
  change(@Body() input: ChangePreferencesDto, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.unsubscribing.change(input, version, asPerson(caller));
  }
}
