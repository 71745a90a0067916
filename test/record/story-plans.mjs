const RATING = { mark: 7, speaksAsOne: 'yes', keptAgreements: 'partly', wentWell: 'Wij kennen elkaar.' };
const GOAL = {
  ...{ kind: 'process', title: 'Verslag binnen een week', theme: 'participatie' },
  ...{ description: 'Elk verslag gaat binnen een week rond.', endResult: 'Iedereen weet wat is afgesproken.' },
  ...{ indicator: 'verslagen binnen een week', unit: 'procent', target: 100, direction: 'up', source: 'verzenddatum' },
  ...{ baseline: 40, baselineOn: '2026-01-01', framework: 'Kadernota wijkgericht werken' },
  ...{ startsOn: '2026-01-01', endsOn: '2026-12-31' },
};

/** A goal, an opgave and the wijkagenda that contains them. */
export async function goals(s, { area, root, police, greens, chair, director }) {
  const goal = await s.do('chair', 'POST', '/goals', { areaId: area.id, ...GOAL });
  await s.do('partner', 'POST', `/goals/${goal.id}/agreements`, { agrees: true, comment: 'Goed plan.' });
  await s.do('chair', 'PUT', `/goals/${goal.id}/activation`, {}, { tagOf: `/goals/${goal.id}` });
  await s.do('chair', 'POST', `/goals/${goal.id}/measurements`, {
    measuredOn: '2026-10-01',
    value: 60,
    source: 'telling',
  });
  const course = {
    course: 'orange',
    cause: 'Te weinig notulisten.',
    consequence: 'Verslagen zijn laat.',
    measure: 'Wij werven.',
  };
  await s.do('chair', 'POST', `/goals/${goal.id}/course`, { ...course, partiesView: 'Eens.' });
  await s.do('partner', 'POST', `/goals/${goal.id}/judgements`, { judgement: 'partly', comment: 'Het gaat beter.' });
  await s.do('partner', 'POST', `/goals/${goal.id}/lines`, { text: 'Wij lezen ze snel.' });
  await s.do('chair', 'POST', '/goals', { areaId: area.id, kind: 'result', title: 'Schone straten' });
  const opgave = await s.do('chair', 'POST', '/opgaven', {
    ...{ areaId: area.id, title: 'Veilig naar school', origin: 'Coalitieakkoord' },
    ...{ bestuurderId: director.id, procesregisseurId: chair.id },
    departments: [
      { organisationId: greens.id, part: 'Paden en licht', isLead: true },
      { organisationId: chair.organisationIds[0], part: 'Gesprekken', isLead: false },
    ],
  });
  const confirmation = `/opgaven/${opgave.id}/departments/${chair.organisationIds[0]}/confirmation`;
  await s.do('chair', 'PUT', confirmation, {}, { tagOf: `/opgaven/${opgave.id}` });
  await s.do('partner', 'POST', `/opgaven/${opgave.id}/lines`, { text: 'Wij staan er om acht uur.' });
  const agenda = await s.do('chair', 'POST', '/wijkagendas', {
    ...{ areaId: area.id, year: 2027, introduction: 'Samen verder.', themes: ['voorzieningen', 'participatie'] },
  });
  const chosen = { goals: [{ goalId: goal.id }] };
  await s.do('chair', 'PUT', `/wijkagendas/${agenda.id}/goals`, chosen, { tagOf: `/wijkagendas/${agenda.id}` });
  const closed = await s.find('chair', `/sessions?area=${area.id}&state=closed`, () => true);
  const adoption = { sessionId: closed.id, organisationIds: [police.id] };
  await s.do('chair', 'PUT', `/wijkagendas/${agenda.id}/adoption`, adoption, { tagOf: `/wijkagendas/${agenda.id}` });
  await s.do('chair', 'GET', `/koersoverzicht?area=${root.id}`);
}

/** The review of a year, the results of a quarter, and the partners' ratings. */
export async function yearAndQuarter(s, { area }) {
  const period = { areaId: area.id, fromOn: '2025-12-01', asOf: '2026-10-31' };
  const change = (noun, id, what, body) =>
    s.do('chair', 'PUT', `/${noun}/${id}/${what}`, body ?? {}, { tagOf: `/${noun}/${id}` });
  const words = {
    succeeded: 'De skatebaan is heel.',
    notSucceeded: 'Het parkeren.',
    learned: 'Korte lijnen helpen.',
    nextYear: 'Door.',
  };
  const draft = await s.do('chair', 'POST', '/reviews', period);
  await s.do('chair', 'PATCH', `/reviews/${draft.id}`, words);
  await change('reviews', draft.id, 'circulation');
  await s.do('partner', 'POST', `/reviews/${draft.id}/reactions`, { text: 'Wij herkennen dit.' });
  const final = await s.do('chair', 'POST', '/reviews', { ...period, asOf: '2026-06-30' });
  await s.do('chair', 'PATCH', `/reviews/${final.id}`, words);
  await change('reviews', final.id, 'freezing', { reason: 'De partijen waren erbij.' });
  await change('reviews', final.id, 'publication');
  await s.do('chair', 'POST', '/reviews', { ...period, fromOn: '2026-01-01' });
  const quarter = (number) =>
    s.do('chair', 'POST', '/quarterly-results', { areaId: area.id, year: 2026, quarter: number });
  await quarter(3);
  const sent = await quarter(2);
  await s.do('chair', 'PATCH', `/quarterly-results/${sent.id}`, { introduction: 'Dank aan iedereen.' });
  await change('quarterly-results', sent.id, 'sending');
  await change('quarterly-results', sent.id, 'publication');
  const round = await s.do('chair', 'POST', '/rating-rounds', { areaId: area.id, year: 2025 });
  await s.do('partner', 'POST', `/rating-rounds/${round.id}/ratings`, RATING);
  const other = await s.do('chair', 'POST', '/rating-rounds', { areaId: area.id, year: 2026 });
  await s.do('partner', 'POST', `/rating-rounds/${other.id}/ratings`, {
    ...RATING,
    mark: 9,
    canBeBetter: 'Eerder bellen.',
  });
  await change('rating-rounds', other.id, 'closing');
}
