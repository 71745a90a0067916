import type { Operation } from './operations.js';
import { UNKNOWN_ID } from './operations.js';
import type { Objects } from './places.js';

type Body = (ids: Record<string, string>) => object;

/** A valid body per operation, referring to the objects of one place. Operations not listed take none. */
const BODIES: Record<string, Body> = {
  'POST /areas': ({ areas }) => ({ name: 'Aarlanderveen', code: 'AAR', kind: 'kern', parentId: areas }),
  'PATCH /areas/{id}': () => ({ name: 'Nieuwe naam' }),
  'PUT /areas/{id}/merger': ({ areas }) => ({ intoId: areas }),
  'POST /organisations': () => ({ name: 'Nieuwe organisatie', kind: 'other' }),
  'PATCH /organisations/{id}': () => ({ name: 'Andere naam' }),
  'PUT /organisations/{id}/merger': ({ organisations }) => ({ intoId: organisations }),
  'POST /people': ({ organisations }) => ({
    name: 'nieuwe wijkagent',
    email: 'nieuw@organisatie.example',
    organisationId: organisations,
  }),
  'PATCH /people/{id}': () => ({ name: 'andere naam' }),
  'PUT /people/{id}/erasure': () => ({ ground: 'artikel 17 AVG' }),
  'POST /people/{id}/memberships': ({ organisations }) => ({ organisationId: organisations, fromOn: '2027-01-01' }),
  'PATCH /memberships/{id}': () => ({ function: 'wijkagent' }),
  'POST /contacts': ({ organisations, people, areas }) => ({
    organisationId: organisations,
    personId: people,
    areaId: areas,
  }),
  'PATCH /contacts/{id}': () => ({ untilOn: '2026-12-31' }),
  'POST /grants': ({ people, areas }) => ({ personId: people, role: 'chair', areaId: areas }),
  'PUT /digests/skipped-weeks': () => ({ weeks: [] }),
  'PATCH /grants/{id}': () => ({ untilOn: '2026-12-31' }),
  'POST /meetings': ({ areas }) => ({ areaId: areas, kind: 'professionals', name: 'Nieuw overleg' }),
  'PATCH /meetings/{id}': () => ({ name: 'Andere naam' }),
  'PUT /meetings/{id}/ending': () => ({ endedOn: '2026-12-31', restToId: null }),
  'POST /chair-changes': ({ areas, people }) => ({
    ...{ areaId: areas, fromPersonId: people, toPersonId: UNKNOWN_ID, fromOn: '2026-12-31' },
  }),
  'POST /meetings/{id}/invitations': ({ organisations }) => ({ organisationId: organisations, role: 'informed' }),
  'PATCH /invitations/{id}': () => ({ untilOn: '2026-12-31' }),
  'POST /meetings/{id}/sessions': () => ({ heldOn: '2026-07-07' }),
  'PATCH /sessions/{id}': () => ({ place: 'Dorpshuis' }),
  'POST /sessions/{id}/agenda-items': () => ({ title: 'Nieuw punt' }),
  'PUT /sessions/{id}/current-item': ({ 'agenda-items': items }) => ({ agendaItemId: items }),
  'PATCH /agenda-items/{id}': () => ({ notes: 'Een notitie' }),
  'PUT /agenda-items/{id}/acceptance': () => ({ isAccepted: true }),
  'PUT /agenda-items/{id}/parties': ({ organisations }) => ({ partyIds: [organisations] }),
  'POST /goals': ({ areas }) => ({ areaId: areas, kind: 'process', title: 'Nieuw doel' }),
  'PATCH /goals/{id}': () => ({ title: 'Ander doel' }),
  'POST /goals/{id}/agreements': ({ mine }) => ({ organisationId: mine, agrees: true }),
  'POST /goals/{id}/measurements': () => ({ measuredOn: '2026-06-01', value: 3, source: 'telling' }),
  'POST /goals/{id}/course': () => ({ course: 'green' }),
  'POST /goals/{id}/judgements': ({ mine }) => ({ judgement: 'partly', organisationId: mine }),
  'POST /goals/{id}/lines': ({ mine }) => ({ text: 'Een regel', organisationId: mine }),
  'POST /opgaven': ({ areas, people, organisations }) => ({
    ...{ areaId: areas, title: 'Nieuwe opgave', origin: 'raad', bestuurderId: people, procesregisseurId: people },
    departments: [
      { organisationId: organisations, part: 'Wonen', isLead: true },
      { organisationId: UNKNOWN_ID, part: 'Zorg', isLead: false },
    ],
  }),
  'PATCH /opgaven/{id}': () => ({ title: 'Andere opgave' }),
  'POST /opgaven/{id}/lines': ({ mine }) => ({ text: 'Een regel', organisationId: mine }),
  'POST /actions': ({ areas, organisations }) => ({
    ...{ title: 'Nieuwe actie', areaId: areas, ownerId: organisations, dueOn: '2026-07-01' },
  }),
  'POST /actions/interpretation': ({ areas }) => ({ line: 'politie: surveillance, 6 juni', areaId: areas }),
  'PATCH /actions/{id}': () => ({ details: 'Toelichting' }),
  'POST /actions/{id}/updates': () => ({ status: 'in_progress' }),
  'POST /actions/{id}/judgements': ({ mine }) => ({ judgement: 'partly', organisationId: mine }),
  'PUT /actions/{id}/withdrawal': () => ({ reason: 'dubbel' }),
  'POST /sessions/{id}/actions': ({ organisations }) => ({
    ...{ title: 'Nieuwe actie', ownerId: organisations, dueOn: '2026-07-01' },
  }),
  'POST /actions/{id}/escalations': ({ people }) => ({ personId: people, text: 'Deze actie loopt vast.' }),
  'PUT /sessions/{id}/cancellation': () => ({ reason: 'vakantie' }),
  'PUT /sessions/{id}/reopening': () => ({ reason: 'actie vergeten' }),
  'PATCH /discussions/{id}': () => ({ outcome: 'discussed' }),
  'POST /sessions/{id}/attendances': () => ({ guestName: 'stagiair', status: 'present' }),
  'PUT /sessions/{id}/attendances/{personId}': () => ({ status: 'present' }),
  'PATCH /attendances/{id}': () => ({ status: 'excused' }),
  'PUT /sessions/{id}/minutes/adoption': () => ({ kind: 'unchanged' }),
  'POST /sessions/{id}/minutes/remarks': () => ({ text: 'Een opmerking' }),
  'PUT /sessions/{id}/minutes/redaction': () => ({
    ...{ ground: 'artikel 17 AVG', passages: [{ item: '1', words: 'naam' }] },
  }),
  'PUT /sessions/{id}/minutes/destruction': () => ({ ground: 'selectielijst' }),
  'POST /wijkagendas': ({ areas }) => ({ areaId: areas, year: 2030 }),
  'PATCH /wijkagendas/{id}': () => ({ introduction: 'Inleiding' }),
  'PUT /wijkagendas/{id}/goals': ({ goals }) => ({ goals: [{ goalId: goals }] }),
  'PUT /wijkagendas/{id}/adoption': ({ sessions, organisations }) => ({
    ...{ sessionId: sessions, organisationIds: [organisations] },
  }),
  'POST /koersoverzicht/mail': ({ areas }) => ({ areaId: areas }),
  'POST /rating-rounds': ({ areas }) => ({ areaId: areas, year: 2023 }),
  'POST /rating-rounds/{id}/ratings': () => ({ mark: 7, speaksAsOne: 'yes', keptAgreements: 'partly' }),
  'POST /reviews': ({ areas }) => ({ areaId: areas, fromOn: '2025-06-01', asOf: '2026-05-31' }),
  'PATCH /reviews/{id}': () => ({ learned: 'Eerder bellen' }),
  'POST /reviews/{id}/reactions': () => ({ text: 'Een reactie' }),
  'POST /calendar-feeds': ({ meetings }) => ({ meetingId: meetings }),
  'POST /clients': ({ areas }) => ({ name: 'zaaksysteem', areaId: areas, permissions: ['actions.read'] }),
  'PATCH /clients/{id}': () => ({ contact: 'functioneel beheer' }),
  'POST /clients/{id}/tokens': () => ({ days: 30 }),
  'POST /tokens': () => ({ name: 'nieuw', days: 30 }),
};

export const bodyOf = ({ name }: Operation, { ids }: Objects): object | undefined => BODIES[name]?.(ids);
export const bodiedOperations = Object.keys(BODIES);
