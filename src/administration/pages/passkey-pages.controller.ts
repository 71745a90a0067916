import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { OpenIdConnect } from '../../identity/openid-connect.service.js';
import { Passkeys } from '../../identity/passkeys.service.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { People } from '../../directory/organisations/people.service.js';
import { formOf } from '../../web/fields.rules.js';
import { Pages } from '../../web/pages.service.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { momentWords } from '../../web/moments.rules.js';
import { PEOPLE } from './person-pages.service.js';

/** The passkeys of somebody, and taking them away when the device is lost. */
@NotInDocument()
@Controller('beheer/mensen/:id/passkeys')
export class PasskeyPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly people: People,
    private readonly passkeys: Passkeys,
    private readonly openId: OpenIdConnect,
  ) {}

  @Get()
  @Requires('grants.write')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    const { name } = await this.people.read(id, caller);
    const keys = await this.passkeys.list(id);
    const hasAccount = await this.openId.hasAccount(id);
    const rows = keys.map((key) => [
      cell(key.name),
      cell(momentWords(key.createdAt)),
      cell(key.lastUsedAt ? momentWords(key.lastUsedAt) : 'nog niet'),
    ]);
    return this.pages.show(visit, 'web/pages/record', {
      title: `Passkeys van ${name}`,
      back: { href: `${PEOPLE}/${id}`, label: name },
      texts: [
        keys.length > 0
          ? 'Is het apparaat kwijt of gestolen? Verwijder dan de passkeys. Deze persoon meldt zich daarna aan met een mail, en kan een nieuwe passkey maken. Op dat apparaat is deze persoon dan ook afgemeld.'
          : 'Deze persoon heeft geen passkeys.',
        ...(hasAccount
          ? [
              'Deze persoon meldt zich ook aan met een account van de gemeente. Is dat een nieuw account geworden? Verwijder dan de koppeling: bij de volgende keer telt het e-mailadres weer.',
            ]
          : []),
      ],
      sections:
        keys.length > 0 || hasAccount
          ? [
              {
                title: 'Waarmee',
                table: tableOf('Passkeys', ['Apparaat', 'Gemaakt', 'Laatst gebruikt'], rows),
                form: formOf(`${PEOPLE}/${id}/passkeys`, 'Passkeys en koppeling verwijderen', [], true),
              },
            ]
          : [],
    });
  }

  @Post()
  @HttpCode(200)
  @Requires('grants.write')
  async remove(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    await this.people.read(id, caller);
    await this.passkeys.removeAll(id, caller);
    return this.pages.goOn(
      visit,
      `${PEOPLE}/${id}/passkeys`,
      'De passkeys en de koppeling zijn verwijderd. Deze persoon is overal afgemeld.',
    );
  }
}
