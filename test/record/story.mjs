import { Scenario } from './scenario.mjs';
import { meetings } from './story-meetings.mjs';
import { goals, yearAndQuarter } from './story-plans.mjs';

const LIST =
  'wat;wie;wanneer\nZwerfvuil bij de brug opruimen;Politie;6-12-2026\nZonder eigenaar;;\n;Politie;31-2-2027\n';
const PEOPLE =
  'naam;e-mailadres;organisatie\nwijkagent Reeuwijk;wijkagent.reeuwijk@politie.example;Politie\n;geen adres;Nergens\n';
const QUICK_LINES = [
  'politie: extra surveillance bij de skatebaan, vrijdag 6 november',
  'BOR: lampen nakijken volgend overleg',
  'iemand doet iets',
];

/** What the year of the demo lacks, so that each kind of page, mail and document exists. */
export async function playScenario(demo) {
  const s = new Scenario(demo);
  const area = await s.find('admin', '/areas', ({ code }) => code === 'BOS');
  const root = await s.find('admin', '/areas', ({ kind }) => kind === 'municipality');
  const police = await s.find('admin', '/organisations', ({ name }) => name === 'Politie');
  const greens = await s.find('admin', '/organisations', ({ name }) => name === 'BOR');
  const chair = JSON.parse((await s.read('chair', '/me')).text);
  const partner = JSON.parse((await s.read('partner', '/me')).text);
  const director = JSON.parse((await s.read('reader', '/me')).text);
  const place = { area, root, police, greens, chair, partner, director };
  await registers(s, place);
  await meetings(s, place);
  await actions(s, place);
  await goals(s, place);
  await yearAndQuarter(s, place);
  await s.do('chair', 'POST', '/koersoverzicht/mail', { areaId: area.id });
  await s.do('reader', 'POST', '/koersoverzicht/mail', {});
  await s.do('admin', 'POST', '/digests');
  return { lines: s.lines, made: s.made, place };
}

async function registers(s, { root, police, greens, area }) {
  const quarter = await s.do('admin', 'POST', '/areas', {
    name: 'Snijdelwijk',
    code: 'SNY',
    kind: 'buurt',
    parentId: area.id,
  });
  const other = await s.do('admin', 'POST', '/areas', {
    name: 'Oud Snijdel',
    code: 'OSN',
    kind: 'buurt',
    parentId: area.id,
  });
  await s.do('admin', 'PATCH', `/areas/${quarter.id}`, { cbsCode: 'BU04840101', inhabitants: { 2026: 3150 } });
  const club = await s.do('admin', 'POST', '/organisations', {
    name: 'Fanfare Boskoop',
    kind: 'volunteers',
    aliases: ['Fanfare'],
  });
  const band = await s.do('admin', 'POST', '/organisations', { name: 'Harmonie Boskoop', kind: 'volunteers' });
  const person = await s.do('admin', 'POST', '/people', {
    ...{ name: 'voorzitter Fanfare Boskoop', email: 'voorzitter@fanfare.example', organisationId: club.id },
    ...{ function: 'voorzitter', contactAreaId: area.id },
  });
  await s.do('admin', 'PATCH', `/people/${person.id}`, { email: 'bestuur@fanfare.example' });
  await s.do('admin', 'POST', `/people/${person.id}/memberships`, { organisationId: band.id, fromOn: '2026-11-10' });
  await s.do('admin', 'POST', '/contacts', { organisationId: band.id, areaId: quarter.id, personId: person.id });
  await s.do('admin', 'POST', '/grants', { personId: person.id, role: 'reader', areaId: quarter.id });
  await s.do(
    'admin',
    'PUT',
    `/organisations/${band.id}/merger`,
    { intoId: club.id },
    { tagOf: `/organisations/${band.id}` },
  );
  await s.do('admin', 'PUT', `/areas/${other.id}/merger`, { intoId: quarter.id }, { tagOf: `/areas/${other.id}` });
  const leaver = await s.do('admin', 'POST', '/people', {
    name: 'oud-wijkagent',
    email: 'oud@politie.example',
    organisationId: police.id,
  });
  await s.do('admin', 'PATCH', `/people/${leaver.id}`, { active: false });
  const csv = { type: 'text/csv' };
  await s.do('admin', 'POST', '/register-imports?register=people', PEOPLE, csv);
  const areas = await s.do(
    'admin',
    'POST',
    '/register-imports?register=areas',
    'naam;code;soort;valt onder\nNoordeinde;NOE;buurt;BOS\n',
    csv,
  );
  await s.do('admin', 'PUT', `/register-imports/${areas.id}/execution`, {}, { tagOf: `/register-imports/${areas.id}` });
  const token = await s.do('admin', 'POST', '/tokens', { name: 'koppeling', days: 30 });
  if (token.id) await s.do('admin', 'DELETE', `/tokens/${token.id}`, {}, { tag: '"1"' });
  await s.do('admin', 'PATCH', `/organisations/${greens.id}`, { aliases: ['Groenbeheer'] });
  await s.do('admin', 'PATCH', `/areas/${root.id}`, { cbsCode: 'GM0484' });
}

async function actions(s, { area, police, greens, director }) {
  const made = await s.do('chair', 'POST', '/actions', {
    ...{ title: 'Hek bij de haven herstellen', areaId: area.id, ownerId: greens.id, dueOn: '2026-12-15' },
    ...{ details: 'Het hek staat los.', theme: 'schoon-heel-veilig', coOwnerIds: [police.id], isPublic: true },
  });
  const mine = await s.do('chair', 'POST', '/actions', {
    title: 'Buurt bellen',
    areaId: area.id,
    ownerId: police.id,
    dueKind: 'asap',
  });
  await s.do('partner', 'POST', `/actions/${mine.id}/updates`, {
    status: 'blocked',
    reason: 'Geen gehoor.',
    comment: 'Twee keer gebeld.',
  });
  await s.do('chair', 'POST', `/actions/${made.id}/updates`, { dueOn: '2027-01-15', reason: 'De aannemer is ziek.' });
  await s.do('chair', 'PATCH', `/actions/${made.id}`, { reference: 'Z-2026-10001' });
  const late = await s.find('chair', `/actions?area=${area.id}&overdue=true`, ({ isConfidential }) => !isConfidential);
  const text = 'Deze actie staat al maanden stil. Wilt u een besluit nemen?';
  await s.do('chair', 'POST', `/actions/${late.id}/escalations`, { personId: director.id, text });
  const done = await s.find('partner', `/actions?area=${area.id}&status=done`, ({ isConfidential }) => !isConfidential);
  await s.do('partner', 'POST', `/actions/${done.id}/judgements`, {
    judgement: 'partly',
    comment: 'Het hielp een beetje.',
  });
  const rows = [
    { actionId: mine.id, status: 'in_progress', comment: 'Toch gehoor.' },
    { actionId: made.id, status: 'blocked' },
  ];
  await s.do('chair', 'POST', '/action-updates', { items: rows });
  for (const line of QUICK_LINES) await s.do('chair', 'POST', '/actions/interpretation', { line, areaId: area.id });
  const csv = { type: 'text/csv' };
  await s.do('chair', 'POST', `/action-imports?area=${area.id}`, LIST, csv);
  const entered = await s.do(
    'chair',
    'POST',
    `/action-imports?area=${area.id}`,
    LIST.split('\n').slice(0, 2).join('\n'),
    csv,
  );
  await s.do('chair', 'PUT', `/action-imports/${entered.id}/execution`, {}, { tagOf: `/action-imports/${entered.id}` });
}
