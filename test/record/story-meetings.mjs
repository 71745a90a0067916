import { wholeList } from './labels.mjs';

/** Sessions planned, moved, cancelled and held, with their invitations. */
export async function meetings(s, { area, police, greens, chair, partner }) {
  const table = await s.find('chair', `/meetings?area=${area.id}`, ({ kind }) => kind === 'professionals');
  const sessions = await s.find('chair', `/meetings/${table.id}/sessions`, ({ state }) => state === 'planned');
  const proposed = await s.do('partner', 'POST', `/sessions/${sessions.id}/agenda-items`, {
    kind: 'topic',
    title: 'Vuurwerk rond de jaarwisseling',
  });
  await s.do(
    'chair',
    'PUT',
    `/agenda-items/${proposed.id}/acceptance`,
    { isAccepted: true },
    { tagOf: `/agenda-items/${proposed.id}` },
  );
  await s.do('partner', 'POST', `/sessions/${sessions.id}/agenda-items`, {
    kind: 'topic',
    title: 'Fietsen op de stoep',
  });
  const secret = {
    title: 'Overlast op een adres',
    isConfidential: true,
    partyIds: [police.id, chair.organisationIds[0]],
  };
  await s.do('chair', 'POST', `/sessions/${sessions.id}/agenda-items`, secret);
  await s.do('chair', 'PUT', `/sessions/${sessions.id}/invitation`, {}, { tagOf: `/sessions/${sessions.id}` });
  await heldToday(s, { area, police, greens, partner });
  const meeting = await s.do('chair', 'POST', '/meetings', {
    ...{ areaId: area.id, kind: 'residents', name: 'Bewonersavond Boskoop', rhythm: 'FREQ=MONTHLY;BYDAY=1TU' },
    ...{ startTime: '19:30', durationMinutes: 90, place: 'Dorpshuis', isOpenToReaders: true },
  });
  await s.do('chair', 'POST', `/meetings/${meeting.id}/invitations`, {
    organisationId: police.id,
    role: 'participant',
  });
  await s.do('chair', 'POST', `/meetings/${meeting.id}/invitations`, { personId: chair.id, role: 'chair' });
  await s.do('chair', 'POST', `/meetings/${meeting.id}/invitations`, { organisationId: greens.id, role: 'informed' });
  const moved = await s.do('chair', 'POST', `/meetings/${meeting.id}/sessions`, {
    heldOn: '2026-12-01',
    chairId: chair.id,
  });
  await s.do('chair', 'PUT', `/sessions/${moved.id}/invitation`, {}, { tagOf: `/sessions/${moved.id}` });
  await s.do('chair', 'PATCH', `/sessions/${moved.id}`, { heldOn: '2026-12-08', place: 'Wijkcentrum' });
  const cancelled = await s.do('chair', 'POST', `/meetings/${meeting.id}/sessions`, { heldOn: '2027-01-05' });
  const of = { tagOf: `/sessions/${cancelled.id}` };
  await s.do('chair', 'PUT', `/sessions/${cancelled.id}/cancellation`, { reason: 'Vakantie' }, of);
  await s.do('chair', 'POST', '/calendar-feeds', { meetingId: meeting.id });
  await s.do('partner', 'POST', '/calendar-feeds', {});
}

/** A session held and closed today, its minutes sent; and one in progress. */
async function heldToday(s, { area, police, greens, partner }) {
  const meeting = await s.do('chair', 'POST', '/meetings', {
    ...{ areaId: area.id, kind: 'professionals', name: 'Jongerenoverleg Boskoop', allowsWrittenAdoption: true },
    ...{ startTime: '10:00', durationMinutes: 60, place: 'Gemeentehuis' },
  });
  for (const { id } of [police, greens]) {
    await s.do('chair', 'POST', `/meetings/${meeting.id}/invitations`, { organisationId: id, role: 'participant' });
  }
  for (const isClosed of [true, false]) {
    const { id } = await s.do('chair', 'POST', `/meetings/${meeting.id}/sessions`, {
      heldOn: '2026-11-03',
      isExtra: !isClosed,
    });
    const item = await s.do('chair', 'POST', `/sessions/${id}/agenda-items`, { kind: 'topic', title: 'Skatebaan' });
    const state = (name, body = {}, tagOf = `/sessions/${id}`) =>
      s.do('chair', 'PUT', `/sessions/${id}/${name}`, body, { tagOf });
    await state('opening');
    await state(`attendances/${partner.id}`, { status: 'present' });
    await s.do('chair', 'POST', `/sessions/${id}/attendances`, {
      guestName: 'stagiair jongerenwerk',
      status: 'present',
    });
    const words = {
      notes: 'Jongeren blijven tot laat.\nDe buurt klaagt.',
      decision: 'De verlichting gaat om elf uur uit.',
    };
    await s.do('chair', 'PATCH', `/agenda-items/${item.id}`, words);
    const agreed = { agendaItemId: item.id, ownerId: police.id, coOwnerIds: [greens.id], dueOn: '2026-12-04' };
    await s.do('chair', 'POST', `/sessions/${id}/actions`, { title: 'Rondje langs de skatebaan', ...agreed });
    const twice = await s.do('chair', 'POST', `/sessions/${id}/actions`, { title: 'Dubbel genoteerd', ...agreed });
    await s.do(
      'chair',
      'PUT',
      `/actions/${twice.id}/withdrawal`,
      { reason: 'Staat er al.' },
      { tagOf: `/actions/${twice.id}` },
    );
    if (!isClosed) {
      await s.do('chair', 'POST', `/sessions/${id}/actions`, { title: 'Nog te bepalen', agendaItemId: item.id });
      await state('closing');
      continue;
    }
    for (const one of (await wholeList(s.demo, 'chair', `/sessions/${id}/agenda-items`)).filter(
      ({ id: own }) => own !== item.id,
    )) {
      await s.do('chair', 'PATCH', `/agenda-items/${one.id}`, { state: 'not_discussed' });
    }
    await state('closing');
    await state('minutes/dispatch', {}, `/sessions/${id}/minutes`);
    await s.do('partner', 'POST', `/sessions/${id}/minutes/remarks`, {
      text: 'Het was half elf.',
      itemNumber: item.number,
    });
  }
}
