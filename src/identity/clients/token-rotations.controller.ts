import { Controller, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { ClientTokens } from './client-tokens.service.js';
import { OVERLAP_HOURS } from './client-tokens.rules.js';

@Controller('v1/token-rotations')
export class TokenRotationsController {
  constructor(private readonly tokens: ClientTokens) {}

  @Post()
  @Requires('tokens.rotate')
  @Describe('Replace the token of this request by a new one; for clients only', {
    rules: `The old token works for ${OVERLAP_HOURS} hours more. Asked again with it, an unused new one is revoked.`,
  })
  rotate(@CurrentCaller() caller: Caller) {
    return this.tokens.rotate(caller);
  }
}
