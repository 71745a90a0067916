import { Inject, Injectable } from '@nestjs/common';
import { hasReach } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { inForce, row } from '../platform/database/rows.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import type { PageContext } from './page-context.js';
import { type NextStep, OPERATORS_MANUAL } from './records.rules.js';

/** One step of setting up, before the first meeting can be held. */
interface FirstStep extends NextStep {
  isDone: boolean;
  /** On the server, not on a page: its link, if it has one, says how. */
  isOnServer?: boolean;
}

const THERE = ['named', 'upkeep', 'areas', 'organisations', 'people', 'contacts', 'chairs', 'meetings'] as const;
type There = Record<(typeof THERE)[number], boolean>;

/** What an administrator of a new municipality still has to set up, until the first meeting exists. */
@Injectable()
export class FirstSteps {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether there are no people at all yet, so that nobody can sign in. */
  async isNobodyThere(): Promise<boolean> {
    return (await row(this.database.reader, 'SELECT 1 FROM "people" LIMIT 1')) === undefined;
  }

  /**
   * What an administrator who just saved something does next: the first step of theirs that is left, else that of the
   * chair. Null on a page that does not say that something was saved.
   */
  async next({ caller, hasNotice }: Pick<PageContext, 'caller' | 'hasNotice'>): Promise<FirstStep | null> {
    if (!hasNotice) return null;
    const left = (await this.of(caller)).filter(({ isDone }) => !isDone);
    return left.find(({ href, isOnServer }) => href !== null && !isOnServer) ?? left.at(-1) ?? null;
  }

  /** The steps in order; empty for anyone but administrators, and once a meeting exists. */
  async of(caller: Caller): Promise<FirstStep[]> {
    if (!hasReach(caller, 'grants.write', 'all')) return [];
    const there = (await row<There>(
      this.database.reader,
      `SELECT EXISTS (SELECT 1 FROM "areas" a WHERE a."kind" = 'municipality' AND a."name" <> 'Gemeente') AS "named",
         (SELECT count(*) FROM "upkeep") > 1 AS "upkeep",
         EXISTS (SELECT 1 FROM "areas" a WHERE a."kind" <> 'municipality') AS "areas",
         (SELECT count(*) FROM (SELECT 1 FROM "organisations" LIMIT 2) o) > 1 AS "organisations",
         (SELECT count(*) FROM (SELECT 1 FROM "people" p WHERE p."active" LIMIT 2) p) > 1 AS "people",
         EXISTS (SELECT 1 FROM "contacts" c WHERE ${inForce('c', '$1')}) AS "contacts",
         EXISTS (SELECT 1 FROM "grants" g WHERE g."role" = 'chair' AND ${inForce('g', '$1')}) AS "chairs",
         EXISTS (SELECT 1 FROM "meetings") AS "meetings"`,
      [this.clock.today()],
      Object.fromEntries(THERE.map((name) => [name, 'boolean' as const])),
    ))!;
    if (there.meetings) return [];
    const hasMail = this.settings.SMTP_URL !== '';
    return stepsOf(there, hasMail, hasMail && this.settings.WELCOME_MAIL === 'on');
  }
}

const stepsOf = (there: There, hasMail: boolean, isChairTold: boolean): FirstStep[] => [
  {
    label: 'Mail instellen',
    text: 'Zonder mailserver kan niemand aanmelden en gaat er geen verslag weg. Dit gebeurt op de server, met SMTP_URL.',
    href: `${OPERATORS_MANUAL}#2-de-instellingen`,
    isOnServer: true,
    isDone: hasMail,
  },
  {
    label: 'Back-up en controle regelen',
    text: 'Elke nacht een back-up, elke week een controle van logboek en verslagen. Dit gebeurt op de server; hoe, staat in de handleiding voor beheer.',
    href: `${OPERATORS_MANUAL}#back-up`,
    isOnServer: true,
    isDone: there.upkeep,
  },
  {
    label: 'De gemeente een naam geven',
    text: 'De gemeente staat er al, als bovenste gebied. Geef haar de eigen naam.',
    href: '/beheer/gebieden',
    isDone: there.named,
  },
  {
    label: 'Wijken en kernen toevoegen',
    text: 'Elk gebied met een eigen overleg.',
    href: '/beheer/gebieden/nieuw',
    isDone: there.areas,
  },
  {
    label: 'Organisaties toevoegen',
    text: 'Partners zoals politie en corporaties, en de afdelingen. De voorzitter kan ze ook bij het uitnodigen toevoegen, met hun mensen.',
    href: '/beheer/organisaties/nieuw',
    isDone: there.organisations,
  },
  {
    label: 'Mensen toevoegen',
    text: 'Wie aan tafel zit. Met een e-mailadres kunnen zij aanmelden en krijgen zij hun acties.',
    href: '/beheer/mensen/nieuw',
    isDone: there.people,
  },
  {
    label: 'Contactpersonen aanwijzen',
    text: 'Wie voor een organisatie antwoord geeft. Zonder contactpersoon krijgt een organisatie geen bericht van haar acties.',
    href: '/beheer/contacten/nieuw',
    isDone: there.contacts,
  },
  {
    label: 'Voorzitters aanwijzen',
    text: 'Geef per gebied iemand de rol van voorzitter.',
    href: '/beheer/rollen/nieuw?role=chair',
    isDone: there.chairs,
  },
  {
    label: 'Het eerste overleg maken',
    text: `Dat doet de voorzitter, met Nieuw overleg onder Overleggen.${isChairTold ? ' De voorzitter krijgt een mail waarin staat hoe.' : ''}`,
    href: null,
    isDone: there.meetings,
  },
];
