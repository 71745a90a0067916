import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLine } from '../../src/interpretation/quick-line.rules.js';
import { readName, typingErrors } from '../../src/interpretation/quick-names.rules.js';

const ORGANISATIONS = [
  ['Politie', 'wijkagent'],
  ['BOA’s', 'boa', 'handhaving'],
  ['Habeko Wonen'],
  ['Trifolium'],
  ['WonenCentraal', 'Wonen Centraal', 'WC'],
  ['Tom in de buurt', 'TOM'],
  ['Participe'],
  ['Alphen Beweegt'],
  ['Dorpsraad Boskoop', 'dorpsraad'],
  ['Belangenvereniging Zwammerdam'],
  ['Belangenvereniging Aarlanderveen'],
  ['BOR'],
  ['MO'],
  ['U&S'],
  ['VTH'],
  ['Wijken en Kernen', 'W&K'],
].map(([name, ...aliases]) => ({ id: name, name, aliases }));

/** Tuesday 19 May 2026. */
const DAY = '2026-05-19';
type Row = [
  line: string,
  owner: string | null,
  coOwners: string[],
  title: string,
  kind: string | null,
  dueOn: string | null,
];

const LINES: Row[] = [
  [
    'politie: extra surveillance skatebaan, vrijdag 5 juni',
    'Politie',
    [],
    'Extra surveillance skatebaan',
    'date',
    '2026-06-05',
  ],
  ['BOR + WonenCentraal: achterpad verlichten z.s.m.', 'BOR', ['WonenCentraal'], 'Achterpad verlichten', 'asap', null],
  [
    'Tom in de buurt huisbezoeken Edelstenenbuurt eind april',
    'Tom in de buurt',
    [],
    'Huisbezoeken Edelstenenbuurt',
    'date',
    '2027-04-30',
  ],
  [
    'Habeko zoekt eigenaar brandgang uit, volgend overleg',
    'Habeko Wonen',
    [],
    'Zoekt eigenaar brandgang uit',
    'next_session',
    null,
  ],
  ['W&K: flyer buurtpreventie, 1-6', 'Wijken en Kernen', [], 'Flyer buurtpreventie', 'date', '2026-06-01'],
  [
    'Wijken en Kernen: plan schouw Zwammerdam half juni',
    'Wijken en Kernen',
    [],
    'Plan schouw Zwammerdam',
    'date',
    '2026-06-15',
  ],
  ['VTH handhaaft op foutparkeren Zijde, doorlopend', 'VTH', [], 'Handhaaft op foutparkeren Zijde', 'ongoing', null],
  [
    'dorpsraad: bewonersavond groen, over twee weken',
    'Dorpsraad Boskoop',
    [],
    'Bewonersavond groen',
    'date',
    '2026-06-02',
  ],
  [
    'Trifolium en Politie: gesprek overlast portiek, volgende week dinsdag',
    'Trifolium',
    ['Politie'],
    'Gesprek overlast portiek',
    'date',
    '2026-05-26',
  ],
  [
    'Participe: eetgroep ouderen starten, begin juli',
    'Participe',
    [],
    'Eetgroep ouderen starten',
    'date',
    '2026-07-07',
  ],
  ['zwerfvuil rond school opruimen (BOR), 1 juni', 'BOR', [], 'Zwerfvuil rond school opruimen', 'date', '2026-06-01'],
  [
    'Contact opnemen met school over fietsenstalling (actie Politie) z.s.m.',
    'Politie',
    [],
    'Contact opnemen met school over fietsenstalling',
    'asap',
    null,
  ],
  ['bankje Gouwestraat herstellen - BOR - eind mei', 'BOR', [], 'Bankje Gouwestraat herstellen', 'date', '2026-05-31'],
  [
    '- BOA: controle hondenpoep Snijdelwijk, vrijdag',
    'BOA’s',
    [],
    'Controle hondenpoep Snijdelwijk',
    'date',
    '2026-05-22',
  ],
  ['3. politie: buurtonderzoek Reijerskoop morgen', 'Politie', [], 'Buurtonderzoek Reijerskoop', 'date', '2026-05-20'],
  [
    'Actie: WonenCentraal vervangt deurdranger, binnen twee weken',
    'WonenCentraal',
    [],
    'Vervangt deurdranger',
    'date',
    '2026-06-02',
  ],
  [
    'wonencentraal: reparatie lamp achterpad 15/6',
    'WonenCentraal',
    [],
    'Reparatie lamp achterpad',
    'date',
    '2026-06-15',
  ],
  ['Wonen Centraal: brief bewoners, 3 juni 2026', 'WonenCentraal', [], 'Brief bewoners', 'date', '2026-06-03'],
  ['Woencentraal: brief bewoners, 3 juni', 'WonenCentraal', [], 'Brief bewoners', 'date', '2026-06-03'],
  ['Poltie: spreekuur dorpshuis, 12 juni', 'Politie', [], 'Spreekuur dorpshuis', 'date', '2026-06-12'],
  ['Partcipe: inloop, week 24', 'Participe', [], 'Inloop', 'date', '2026-06-12'],
  [
    'MO: subsidie jongerenwerk uitzoeken, eind van de maand',
    'MO',
    [],
    'Subsidie jongerenwerk uitzoeken',
    'date',
    '2026-05-31',
  ],
  ['MO zoekt subsidie uit, eind volgende maand', 'MO', [], 'Zoekt subsidie uit', 'date', '2026-06-30'],
  ['U&S: mail naar alle deelnemers eind deze week', 'U&S', [], 'Mail naar alle deelnemers', 'date', '2026-05-22'],
  ['BOR: snoeien Paradijslaan, uiterlijk 1 juli', 'BOR', [], 'Snoeien Paradijslaan', 'date', '2026-07-01'],
  ['BOR: snoeien Paradijslaan voor 1 juli', 'BOR', [], 'Snoeien Paradijslaan', 'date', '2026-07-01'],
  ['BOR snoeit Paradijslaan, gereed 1 juli', 'BOR', [], 'Snoeit Paradijslaan', 'date', '2026-07-01'],
  [
    'Politie + BOA: gezamenlijke ronde jeugd, doorlopend',
    'Politie',
    ['BOA’s'],
    'Gezamenlijke ronde jeugd',
    'ongoing',
    null,
  ],
  ['Politie/BOA: ronde skatebaan, zo snel mogelijk', 'Politie', ['BOA’s'], 'Ronde skatebaan', 'asap', null],
  [
    'Politie, Tom in de buurt: aanpak hangplek Burgemeester Colijnstraat, 1 juli',
    'Politie',
    ['Tom in de buurt'],
    'Aanpak hangplek Burgemeester Colijnstraat',
    'date',
    '2026-07-01',
  ],
  [
    'Tom in de buurt en Participe: maatjesproject, begin september',
    'Tom in de buurt',
    ['Participe'],
    'Maatjesproject',
    'date',
    '2026-09-07',
  ],
  ['TOM: keukentafelgesprekken, half september', 'Tom in de buurt', [], 'Keukentafelgesprekken', 'date', '2026-09-15'],
  [
    'Alphen Beweegt organiseert sportmiddag, woensdag 10 juni',
    'Alphen Beweegt',
    [],
    'Organiseert sportmiddag',
    'date',
    '2026-06-10',
  ],
  [
    'Dorpsraad Boskoop: terugkoppeling bewoners, volgende keer',
    'Dorpsraad Boskoop',
    [],
    'Terugkoppeling bewoners',
    'next_session',
    null,
  ],
  [
    'handhaving: bekeuren fietsen winkelcentrum, per direct',
    'BOA’s',
    [],
    'Bekeuren fietsen winkelcentrum',
    'asap',
    null,
  ],
  [
    'wijkagent spreekt ondernemers aan, volgende vergadering',
    'Politie',
    [],
    'Spreekt ondernemers aan',
    'next_session',
    null,
  ],
  ['BOR: plantenbakken Hoflaan 01-07-2026', 'BOR', [], 'Plantenbakken Hoflaan', 'date', '2026-07-01'],
  ['BOR: plantenbakken Hoflaan 1-7-26', 'BOR', [], 'Plantenbakken Hoflaan', 'date', '2026-07-01'],
  ['BOR: inventarisatie speeltoestellen eind Q3', 'BOR', [], 'Inventarisatie speeltoestellen', 'date', '2026-09-30'],
  ['MO: evaluatie buurtkamer, eind van het jaar', 'MO', [], 'Evaluatie buurtkamer', 'date', '2026-12-31'],
  ['Habeko Wonen: schoonmaak brandgang', 'Habeko Wonen', [], 'Schoonmaak brandgang', null, null],
  ['Schoonmaak brandgang, 1 juni', null, [], 'Schoonmaak brandgang', 'date', '2026-06-01'],
  ['schoonmaak brandgang', null, [], 'Schoonmaak brandgang', null, null],
  [
    'bewonersbrief rondsturen @dorpsraad, vrijdag 29 mei',
    'Dorpsraad Boskoop',
    [],
    'Bewonersbrief rondsturen',
    'date',
    '2026-05-29',
  ],
  ['Nieuwe prullenbak station door BOR, 8 juni', 'BOR', [], 'Nieuwe prullenbak station', 'date', '2026-06-08'],
  [
    'Politie: 30 km-zone Hoogeveenseweg controleren, eind juni',
    'Politie',
    [],
    '30 km-zone Hoogeveenseweg controleren',
    'date',
    '2026-06-30',
  ],
  ['Politie: 2 extra rondes per week, doorlopend', 'Politie', [], '2 extra rondes per week', 'ongoing', null],
  [
    'VTH: vergunning evenement 6 juni nakijken, 29 mei',
    'VTH',
    [],
    'Vergunning evenement 6 juni nakijken',
    'date',
    '2026-05-29',
  ],
  [
    'W&K belt Habeko over brandgang, maandag',
    'Wijken en Kernen',
    [],
    'Belt Habeko over brandgang',
    'date',
    '2026-05-25',
  ],
  [
    'W&K i.s.m. Participe: burendag voorbereiden, medio augustus',
    'Wijken en Kernen',
    ['Participe'],
    'Burendag voorbereiden',
    'date',
    '2026-08-15',
  ],
  [
    'Belangenvereniging Zwammerdam: schouw verlichting, di 9 juni',
    'Belangenvereniging Zwammerdam',
    [],
    'Schouw verlichting',
    'date',
    '2026-06-09',
  ],
  ['Politie gaat in gesprek met ouders, over 10 dagen', 'Politie', [], 'In gesprek met ouders', 'date', '2026-05-29'],
  [
    'Trifolium: offerte cameratoezicht opvragen, 28 mei',
    'Trifolium',
    [],
    'Offerte cameratoezicht opvragen',
    'date',
    '2026-05-28',
  ],
  [
    'Trifolum: offerte cameratoezicht opvragen, do 28 mei',
    'Trifolium',
    [],
    'Offerte cameratoezicht opvragen',
    'date',
    '2026-05-28',
  ],
  ['participe: activiteitenkalender delen zsm', 'Participe', [], 'Activiteitenkalender delen', 'asap', null],
  [
    'BOR kijkt naar losliggende tegels Emmalaan, deze week',
    'BOR',
    [],
    'Kijkt naar losliggende tegels Emmalaan',
    'date',
    '2026-05-20',
  ],
  [
    'Politie: terugkoppelen cijfers inbraken in het volgend overleg',
    'Politie',
    [],
    'Terugkoppelen cijfers inbraken',
    'next_session',
    null,
  ],
  ['boa: toezicht markt, asap', 'BOA’s', [], 'Toezicht markt', 'asap', null],
  [
    'Alphen Beweegt + TOM: beweegtuin openen, 20 juni 2026',
    'Alphen Beweegt',
    ['Tom in de buurt'],
    'Beweegtuin openen',
    'date',
    '2026-06-20',
  ],
  [
    'W&K: wijkagenda concept rondsturen, 1 juni a.s.',
    'Wijken en Kernen',
    [],
    'Wijkagenda concept rondsturen',
    'date',
    '2026-06-01',
  ],
  [
    'MO: cijfers jeugd opvragen bij GGD, eind september',
    'MO',
    [],
    'Cijfers jeugd opvragen bij GGD',
    'date',
    '2026-09-30',
  ],
  [
    'VTH en BOR: gezamenlijke schouw bedrijventerrein, donderdag 4 juni',
    'VTH',
    ['BOR'],
    'Gezamenlijke schouw bedrijventerrein',
    'date',
    '2026-06-04',
  ],
];

describe('a line as people note an action', () => {
  let understood = 0;
  afterAll(() => {
    process.stdout.write(`Quick line: ${understood} of ${LINES.length} lines understood whole.\n`);
  });

  it.each(LINES)('%s', (line, owner, coOwners, title, kind, dueOn) => {
    const read = readLine(line, ORGANISATIONS, DAY);
    expect({
      owner: read.owner?.name ?? null,
      coOwners: read.coOwners.map(({ name }) => name),
      title: read.title.value,
      kind: read.deadline?.kind ?? null,
      dueOn: read.deadline?.dueOn ?? null,
    }).toEqual({ owner, coOwners, title, kind, dueOn });
    understood += 1;
  });
});

describe('how sure it is', () => {
  it('doubts a weekday that is not of that date', () => {
    expect(readLine('politie: surveillance, vrijdag 6 juni', ORGANISATIONS, DAY).deadline).toMatchObject({
      text: 'vrijdag 6 juni',
      dueOn: '2026-06-06',
      certainty: 'doubtful',
    });
  });

  it('doubts a date that is past', () => {
    expect(readLine('BOR: hek, 1-5-2026', ORGANISATIONS, DAY).deadline).toMatchObject({
      dueOn: '2026-05-01',
      certainty: 'doubtful',
    });
  });

  it('is sure of a name as it stands, and says that a mistyped one is likely', () => {
    expect(readLine('Politie: x, 1 juni', ORGANISATIONS, DAY).owner).toMatchObject({
      text: 'Politie',
      certainty: 'sure',
    });
    expect(readLine('Poltie: x, 1 juni', ORGANISATIONS, DAY).owner).toMatchObject({
      text: 'Poltie',
      certainty: 'likely',
    });
  });

  it('offers the alternatives of a name that two bear', () => {
    expect(readName('Belangenvereniging', ORGANISATIONS)).toMatchObject({
      name: 'Belangenvereniging Zwammerdam',
      certainty: 'doubtful',
      alternatives: [{ name: 'Belangenvereniging Aarlanderveen' }],
    });
  });

  it('names what stands in the place of a name and is none', () => {
    expect(readLine('Jeugdraad: feest, 1 juni', ORGANISATIONS, DAY)).toMatchObject({
      owner: null,
      unknownNames: ['Jeugdraad'],
      title: { value: 'Feest' },
    });
    expect(readLine('BOR + Jeugdraad: feest, 1 juni', ORGANISATIONS, DAY)).toMatchObject({
      owner: { name: 'BOR' },
      unknownNames: ['Jeugdraad'],
    });
  });
});

it('reads any line without falling over, quickly, and makes up no words', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (line) => {
      const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
      const known = new Set(words(line));
      return words(readLine(line, ORGANISATIONS, DAY).title.text).every((word) => known.has(word));
    }),
    { numRuns: 500 },
  );
});

it('counts typing errors alike from both sides', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 12 }),
      (a, b) => typingErrors(a, b) === typingErrors(b, a),
    ),
  );
  expect([typingErrors('politie', 'poltie'), typingErrors('politie', 'poiltie'), typingErrors('', 'ab')]).toEqual([
    1, 1, 2,
  ]);
});
