import { isPermitted } from '../../platform/access/access.rules.js';
import type { Permission } from '../../platform/access/permissions.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { administrationNameOf, audienceOf } from '../../web/audience.rules.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';

interface Register {
  href: string;
  label: string;
  text: string;
  ownText?: string;
  permission: Permission;
}

const WHO_AND_WHERE: Register[] = [
  {
    href: '/beheer/mensen',
    label: 'Mensen',
    text: 'Wie meedoet, bij welke organisatie, en wie er weg is.',
    ownText: 'Uw collega’s die meedoen, en wie er weg is.',
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
    ownText: 'Wie voor uw organisatie antwoord geeft in een gebied.',
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
    label: 'Vullen uit een bestand',
    text: 'Een register in één keer vullen, of ophalen als bestand.',
    permission: 'people.write',
  },
  {
    href: '/beheer/gasten',
    label: 'Gasten',
    text: 'Wie zonder account bij een vergadering was, en hoe een naam verdwijnt.',
    permission: 'erasure.read',
  },
];

const MAIL: Register[] = [
  {
    href: '/beheer/weekberichten',
    label: 'Weekberichten',
    text: 'Per week wat er verstuurd is, wat niet, en waarom.',
    permission: 'digests.read',
  },
  {
    href: '/beheer/weekberichten/weken',
    label: 'Weken zonder weekbericht',
    text: 'Zoals in de zomer en rond Kerst.',
    permission: 'digests.run',
  },
  {
    href: '/beheer/mail',
    label: 'Mail',
    text: 'Of de mail werkt, en welke berichten zijn blijven liggen.',
    permission: 'digests.run',
  },
];

const OVERSIGHT: Register[] = [
  {
    href: '/beheer/toestand',
    label: 'Werkt alles?',
    text: 'Of mail, weekbericht, back-up en logboek in orde zijn, en of er iets te vernietigen is.',
    permission: 'operations.read',
  },
  {
    href: '/beheer/logboek',
    label: 'Logboek',
    text: 'Wie wat wanneer deed.',
    ownText: 'Wat u zelf deed, en wanneer.',
    permission: 'audit.read',
  },
];

const OTHER_SYSTEMS: Register[] = [
  {
    href: '/beheer/systemen',
    label: 'Systemen van anderen',
    text: 'Programma’s die met deze dienst werken, en hun tokens.',
    permission: 'clients.read',
  },
  {
    href: '/beheer/berichten',
    label: 'Berichten aan systemen',
    text: 'Welk systeem bericht krijgt als er iets gebeurt, en of dat aankomt.',
    permission: 'webhooks.read',
  },
  {
    href: '/beheer/tokens',
    label: 'Koppelingen',
    text: 'Toegang tot de API, op uw naam.',
    permission: 'tokens.own',
  },
];

const GROUPS: { title: string; registers: Register[] }[] = [
  { title: 'Wie en waar', registers: WHO_AND_WHERE },
  { title: 'Mail', registers: MAIL },
  { title: 'Wat er gebeurt', registers: OVERSIGHT },
  { title: 'Andere systemen', registers: OTHER_SYSTEMS },
];

/** The menu of everything the caller may administer. */
@PageController('beheer')
export class AdministrationController {
  constructor(private readonly firstSteps: FirstSteps) {}

  @Page('', 'me.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const { isChair, isAdministrator } = audienceOf(page.caller);
    const groups = GROUPS.map(({ title, registers }) => ({
      title,
      registers: registers
        .filter(({ permission }) => isPermitted(page.caller, permission))
        .map((one) => ({ ...one, text: (!isChair && !isAdministrator && one.ownText) || one.text })),
    })).filter(({ registers }) => registers.length > 0);
    return page.show('administration/pages/administration', {
      title: administrationNameOf(page.caller),
      groups,
      steps: await this.firstSteps.of(page.caller),
    });
  }
}
