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
  @Describe('Replace the token of this request with a new one; for clients only', {
    rules: `The old token remains valid for ${OVERLAP_HOURS} hours. If it is used to request another replacement, an unused new token is revoked.`,
  })
  rotate(@CurrentCaller() caller: Caller) {
    return this.tokens.rotate(caller);
  }
}
