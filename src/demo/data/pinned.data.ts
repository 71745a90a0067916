import type { DueKind } from '../../actions/action.entity.js';
import type { Fate } from '../action-lives.js';
import type { OwnerKey } from './topics.data.js';

/** One action of each kind that needs attention, which Boskoop always has, independently of the dice. */
export interface PinnedAction {
  /** The number of held sessions since it was recorded; 1 is the latest. */
  sessionsAgo: number;
  title: string;
  theme: string;
  owner: OwnerKey;
  together?: OwnerKey[];
  dueKind: DueKind;
  /** Days after its session; for undated actions the check date. */
  dueInDays: number;
  fate: Fate;
  result?: string;
  isRequested?: true;
  /** Set only for confidential actions, recorded under the confidential item of the session. */
  parties?: OwnerKey[];
}

const SAFE = 'schoon-heel-veilig';
export const PINNED_AREA = 'BOS';

/** The last session was 42 days before today's: anything due within 41 days of it is overdue. */
export const PINNED: PinnedAction[] = [
  {
    sessionsAgo: 1,
    title: 'Extra surveillance skatebaan op woensdagmiddag',
    theme: SAFE,
    owner: 'POL',
    together: ['BOA'],
    dueKind: 'date',
    dueInDays: 20,
    fate: 'overdue',
    isRequested: true,
  },
  {
    sessionsAgo: 1,
    title: 'Verlichting fietspad bij het station herstellen',
    theme: SAFE,
    owner: 'BOR',
    dueKind: 'date',
    dueInDays: 30,
    fate: 'overdue',
    isRequested: true,
  },
  {
    sessionsAgo: 1,
    title: 'Bewoners van de Zijde uitnodigen voor de schouw',
    theme: 'participatie',
    owner: 'DRB',
    dueKind: 'date',
    dueInDays: 35,
    fate: 'overdue',
  },
  {
    sessionsAgo: 2,
    title: 'Fietswrakken in de haven weghalen',
    theme: SAFE,
    owner: 'BOA',
    dueKind: 'date',
    dueInDays: 20,
    fate: 'blocked',
  },
  {
    sessionsAgo: 2,
    title: 'Drempels in de Zijde aanleggen',
    theme: 'mobiliteit',
    owner: 'REO',
    dueKind: 'date',
    dueInDays: 70,
    fate: 'blocked',
    isRequested: true,
  },
  {
    sessionsAgo: 1,
    title: 'Duiker bij het trapveldje doorspuiten',
    theme: SAFE,
    owner: 'BOR',
    dueKind: 'date',
    dueInDays: 50,
    fate: 'handed_back',
  },
  {
    sessionsAgo: 1,
    title: 'Workshop weerbaarheid aanbieden aan de jongeren',
    theme: 'voorzieningen',
    owner: 'BOO',
    dueKind: 'date',
    dueInDays: 36,
    fate: 'overdue',
  },
  {
    sessionsAgo: 1,
    title: 'Lekkage in het portiek van het complex verhelpen',
    theme: SAFE,
    owner: 'WCE',
    dueKind: 'asap',
    dueInDays: 28,
    fate: 'overdue',
  },
  {
    sessionsAgo: 1,
    title: 'Toezicht houden op de hangplek bij de hefbrug',
    theme: SAFE,
    owner: 'POL',
    dueKind: 'ongoing',
    dueInDays: 28,
    fate: 'overdue',
  },
  {
    sessionsAgo: 1,
    title: 'Terugkoppelen hoe de jongerenavond is gegaan',
    theme: 'voorzieningen',
    owner: 'PAR',
    dueKind: 'next_session',
    dueInDays: 42,
    fate: 'overdue',
  },
  {
    sessionsAgo: 1,
    title: 'Buurtlunch voor ouderen voorbereiden',
    theme: 'voorzieningen',
    owner: 'TOM',
    together: ['DRB', 'TRI'],
    dueKind: 'date',
    dueInDays: 46,
    fate: 'overdue',
  },
  {
    sessionsAgo: 1,
    title: 'Bloembakken opknappen en terugplaatsen',
    theme: 'participatie',
    owner: 'BOR',
    together: ['DRB'],
    dueKind: 'date',
    dueInDays: 150,
    fate: 'on_hold',
  },
  {
    sessionsAgo: 1,
    title: 'Camera-opstelling bij het winkelcentrum bespreken',
    theme: SAFE,
    owner: 'VTH',
    dueKind: 'date',
    dueInDays: 60,
    fate: 'overdue',
  },
  {
    sessionsAgo: 1,
    title: 'Prullenbak bij de skatebaan vervangen',
    theme: SAFE,
    owner: 'BOR',
    dueKind: 'date',
    dueInDays: 38,
    fate: 'in_time',
    result: 'Grotere prullenbak geplaatst; wordt twee keer per week geleegd.',
    isRequested: true,
  },
  {
    sessionsAgo: 1,
    title: 'Huisregels portiek met huurders afspreken',
    theme: SAFE,
    owner: 'TRI',
    together: ['TOM'],
    dueKind: 'date',
    dueInDays: 33,
    fate: 'in_time',
    result: 'Regels afgesproken met alle twaalf huishoudens.',
  },
  {
    sessionsAgo: 2,
    title: 'Plan van aanpak voor het adres afstemmen',
    theme: SAFE,
    owner: 'POL',
    together: ['W&K', 'WCE'],
    dueKind: 'date',
    dueInDays: 56,
    fate: 'overdue',
    parties: ['POL', 'W&K', 'WCE'],
  },
  {
    sessionsAgo: 1,
    title: 'Huurder uitnodigen voor een gesprek met de partners',
    theme: SAFE,
    owner: 'WCE',
    together: ['POL'],
    dueKind: 'date',
    dueInDays: 49,
    fate: 'overdue',
    parties: ['POL', 'W&K', 'WCE'],
  },
];

/** The confidential item under which they were recorded. */
export const CONFIDENTIAL_ITEM = {
  title: 'Casus woonoverlast',
  notes: 'Partijen van het convenant hebben de stand van zaken gedeeld. De casus blijft bij deze drie.',
};
