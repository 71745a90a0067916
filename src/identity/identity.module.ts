import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DirectoryModule } from '../directory/directory.module.js';
import { Callers } from './callers.service.js';
import { ClientCallers } from './clients/client-callers.service.js';
import { ClientTokens } from './clients/client-tokens.service.js';
import { ClientsController } from './clients/clients.controller.js';
import { Clients } from './clients/clients.service.js';
import { TokenRotationsController } from './clients/token-rotations.controller.js';
import { MeController } from './me.controller.js';
import { OpenIdConnect } from './openid-connect.service.js';
import { Passkeys } from './passkeys.service.js';
import { RequestCallers } from './request-callers.service.js';
import { SignInMail } from './sign-in-mail.service.js';
import { SignIn } from './sign-in.service.js';
import { TokenUses } from './token-uses.service.js';
import { TokensController } from './tokens.controller.js';
import { Tokens } from './tokens.service.js';
import { WebSessions } from './web-sessions.service.js';
import { AccessGuard } from './access.guard.js';
import { LimitsGuard } from './limits.guard.js';
import { IdempotencyGuard } from './idempotency.guard.js';

/** Identifies callers, checks their permissions, and makes repeated requests harmless. */
@Module({
  imports: [DirectoryModule],
  controllers: [MeController, TokensController, ClientsController, TokenRotationsController],
  providers: [
    Callers,
    TokenUses,
    ClientCallers,
    Clients,
    ClientTokens,
    Tokens,
    WebSessions,
    RequestCallers,
    OpenIdConnect,
    Passkeys,
    SignIn,
    SignInMail,
    // The order matters: rate limits need the caller, and replayed requests count towards them too.
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: LimitsGuard },
    { provide: APP_GUARD, useClass: IdempotencyGuard },
  ],
  exports: [Callers, Clients, ClientTokens, Tokens, WebSessions, RequestCallers, OpenIdConnect, Passkeys, SignIn],
})
export class IdentityModule {}
