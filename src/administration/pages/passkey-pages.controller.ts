import { OpenIdConnect } from '../../identity/openid-connect.service.js';
import { Passkeys } from '../../identity/passkeys.service.js';
import { People } from '../../directory/people/people.service.js';
import { formOf } from '../../web/fields.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { tableOf } from '../../web/tables.rules.js';
import { momentWords } from '../../web/moments.rules.js';
import { PEOPLE } from './person-pages.service.js';

const LOST_DEVICE =
  'Is het apparaat kwijt of gestolen? Verwijder dan de passkeys. Deze persoon meldt zich daarna aan met een mail, en kan een nieuwe passkey maken. Op dat apparaat is deze persoon dan ook afgemeld.';
const OTHER_ACCOUNT =
  'Deze persoon meldt zich ook aan met een account van de gemeente. Is dat een nieuw account geworden? Verwijder dan de koppeling: bij de volgende keer telt het e-mailadres weer.';

/** A person's passkeys, and removing them after the loss of a device. */
@PageController('beheer/mensen/:id/passkeys')
export class PasskeyPagesController {
  constructor(
    private readonly people: People,
    private readonly passkeys: Passkeys,
    private readonly openId: OpenIdConnect,
  ) {}

  @Page('', 'grants.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string) {
    const { name } = await this.people.read(id, page.caller);
    const keys = await this.passkeys.list(id);
    const hasAccount = await this.openId.hasAccount(id);
    const table = tableOf('Passkeys', keys, {
      Apparaat: ({ name: device }) => device,
      Gemaakt: ({ createdAt }) => momentWords(createdAt),
      'Laatst gebruikt': ({ lastUsedAt }) => (lastUsedAt ? momentWords(lastUsedAt) : 'nog niet'),
    });
    const form = formOf(`${PEOPLE}/${id}/passkeys`, 'Passkeys en koppeling verwijderen', [], true);
    return page.showRecord({
      title: `Passkeys van ${name}`,
      back: { href: `${PEOPLE}/${id}`, label: name },
      texts: [
        keys.length > 0 ? LOST_DEVICE : 'Deze persoon heeft geen passkeys.',
        ...(hasAccount ? [OTHER_ACCOUNT] : []),
      ],
      sections: keys.length > 0 || hasAccount ? [{ title: 'Waarmee', table, form }] : [],
    });
  }

  @FormPost('', 'grants.write')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string) {
    await this.people.read(id, form.caller);
    await this.passkeys.removeAll(id, form.caller);
    const notice = 'De passkeys en de koppeling zijn verwijderd. Deze persoon is overal afgemeld.';
    return form.goOn(`${PEOPLE}/${id}/passkeys`, notice);
  }
}
