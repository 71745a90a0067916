import { Controller, Get } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import type { Permission } from '../../platform/access/permissions.js';
import { Requires } from '../../platform/access/requires.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';

const REGISTERS: { href: string; label: string; text: string; permission: Permission }[] = [
  {
    href: '/beheer/mensen',
    label: 'Mensen',
    text: 'Wie meedoet, bij welke organisatie, en wie er weg is.',
    permission: 'people.write',
  },
  {
    href: '/beheer/organisaties',
    label: 'Organisaties',
    text: 'Partners en afdelingen, met de namen waaronder zij bekend zijn.',
    permission: 'organisations.write',
  },
  {
    href: '/beheer/contacten',
    label: 'Contactpersonen',
    text: 'Wie voor een organisatie antwoord geeft in een gebied.',
    permission: 'contacts.write',
  },
  {
    href: '/beheer/gebieden',
    label: 'Gebieden',
    text: 'De gemeente, haar wijken en kernen.',
    permission: 'areas.write',
  },
  {
    href: '/beheer/rollen',
    label: 'Rollen',
    text: 'Wie beheerder, voorzitter of lezer is, en waar.',
    permission: 'grants.write',
  },
  {
    href: '/beheer/vullen',
    label: 'Vullen uit een CSV-bestand',
    text: 'Een register in één keer vullen, of ophalen als bestand.',
    permission: 'people.write',
  },
  {
    href: '/beheer/gasten',
    label: 'Gasten',
    text: 'Wie zonder account bij een vergadering was, en hoe een naam verdwijnt.',
    permission: 'erasure.read',
  },
  {
    href: '/beheer/weekberichten',
    label: 'Weekberichten',
    text: 'Per week wat er verstuurd is, wat niet, en waarom.',
    permission: 'digests.read',
  },
  {
    href: '/beheer/mail',
    label: 'Mail',
    text: 'Of de mail werkt, en welke berichten zijn blijven liggen.',
    permission: 'digests.run',
  },
  {
    href: '/beheer/toestand',
    label: 'Toestand',
    text: 'Of mail, weekbericht, back-up en audittrail in orde zijn.',
    permission: 'operations.read',
  },
  { href: '/beheer/logboek', label: 'Logboek', text: 'Wie wat wanneer deed.', permission: 'audit.read' },
  {
    href: '/beheer/tokens',
    label: 'Tokens',
    text: 'Toegang tot de API, op uw naam.',
    permission: 'tokens.own',
  },
];

/** Everything there is to administer, as far as it is the caller's. */
@NotInDocument()
@Controller('beheer')
export class AdministrationController {
  constructor(
    private readonly pages: Pages,
    private readonly firstSteps: FirstSteps,
  ) {}

  @Get()
  @Requires('me.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const registers = REGISTERS.filter(({ permission }) => isPermitted(caller, permission));
    return this.pages.show(visit, 'administration/pages/administration', {
      title: 'Beheer',
      registers,
      steps: await this.firstSteps.of(caller),
    });
  }
}
