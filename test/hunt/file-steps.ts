import { addDays } from '../../src/platform/common/calendar-date.js';
import { anAction, changed, later, type Maker, type Memory } from './memory.js';
import type { Random } from './random.js';
import type { Ask } from './world.js';

const OWNERS = ['Gemeente', 'Zorg', 'Politie', "BOA's", 'Niemand bekend'];

/** A table is uploaded, and usually what it would change is carried out. */
function imported(random: Random, { imports }: Memory, who: Ask['who'], path: string, table: string[], body?: object) {
  const name = `import${imports}`;
  const of = `${path.split('?')[0]}/$${name}`;
  const upload: Ask = { who, method: 'post', path, table: table.join('\r\n'), creates: name };
  const execution = changed(who, 'put', of, '/execution', body);
  return random.is(0.85) ? [upload, ...(random.is(0.2) ? [execution, execution] : [execution])] : upload;
}

/** Old lists: new actions, and changes of known ones by their numbers. */
function oldList(random: Random, memory: Memory) {
  const rows = Array.from({ length: 1 + random.below(4) }, (_, n) =>
    random.is(0.7)
      ? `;Oude afspraak ${memory.imports}.${n};${random.of(OWNERS)};${random.is(0.5) ? later(random, memory) : 'z.s.m.'};`
      : `BOS-${1 + random.below(10)};;;${later(random, memory)};${random.of(['', 'loopt', 'gereed', 'stokt: geen geld'])}`,
  );
  const path = `/v1/action-imports?area=$area${random.below(2)}`;
  const table = ['nr;actie;wie;wanneer;stand van zaken', ...rows];
  return imported(random, memory, 'chair', path, table, { doOwnersKnow: random.is(0.5) });
}

function registers(random: Random, memory: Memory) {
  const { imports, today } = memory;
  const [register, table] = random.of<[string, string[]]>([
    ['organisations', ['naam;soort', `Uit een lijst ${imports};welzijn`, 'Stille organisatie;overig']],
    ['people', ['naam;e-mailadres;organisatie', `medewerker ${imports};m${imports}@lijst.example;Politie`]],
    ['contacts', ['organisatie;e-mailadres;gebied;vanaf', `Politie;boa@boa.example;Boskoop;${addDays(today, 1)}`]],
    ['people', ['naam;e-mailadres;organisatie', `zonder adres ${imports};geen adres;Politie`]],
  ]);
  return imported(random, memory, 'admin', `/v1/register-imports?register=${register}`, table);
}

/** A person stops, somebody else of the organisation takes over their actions, and later they come back. */
function handOver(random: Random) {
  const person = `/v1/people/$person-${random.of(['boa', 'politie'])}`;
  return [
    changed('admin', 'patch', person, '', { active: false }),
    { days: 1 + random.below(3) },
    changed('admin', 'patch', person, '', { active: true }),
  ];
}

const named = (random: Random, memory: Memory): Ask => ({
  who: 'chair',
  method: 'post',
  path: `/v1/actions/${anAction(random, memory)}/updates`,
  body: random.of<object>([
    { ownerId: '$politie', ownerPersonId: '$person-politie' },
    { ownerId: '$boa', ownerPersonId: '$person-boa' },
    { ownerPersonId: null },
  ]),
});

/** What comes in as a file, and who does the work. */
export const FILE_MAKERS: readonly [number, Maker][] = [
  [1.5, oldList],
  [0.7, registers],
  [0.3, handOver],
  [1.5, named],
];
