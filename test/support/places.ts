import { GRANTED_ROLES, type GrantedRole } from '../../src/platform/access/permissions.js';
import { newId } from '../../src/platform/common/ids.js';
import { KoersoverzichtRequest } from '../../src/wijkagenda/koersoverzicht/koersoverzicht-request.entity.js';
import { OpgaveDepartment } from '../../src/goals/opgaven/opgave-department.entity.js';
import { Rating } from '../../src/reviews/ratings/rating.entity.js';
import { ReviewParty } from '../../src/reviews/review-party.entity.js';
import type { TestApp } from './app.js';
import { layVillage } from './world.js';
import { layPlace, type Objects, ownThings } from './place-contents.js';

export const ROLES = [...GRANTED_ROLES, 'partner', 'person', 'client'] as const;
export type TestRole = (typeof ROLES)[number];
const STANDINGS = ['today', 'ended', 'deactivated'] as const;
type Standing = (typeof STANDINGS)[number];
export const PLACES = ['own', 'otherArea', 'otherOrganisation', 'confidential'] as const;
export type Place = (typeof PLACES)[number];

/**
 * Four places with one object of everything: the callers' own, another area, another organisation in their area, and
 * their own meeting with things confidential to others. Each role exists in force, ended yesterday, and deactivated.
 */
export async function layPlaces(t: TestApp) {
  const { make } = t;
  const rootId = await make.root();
  const { area, organisations } = await layVillage(t, {
    town: { organisation: 'Gemeente' },
    police: { organisation: 'Politie' },
    corporation: { organisation: 'Habeko Wonen' },
    stranger: { organisation: 'Dorpsraad' },
    secret: { organisation: 'Veilig Thuis' },
  });
  const areaId = area.id;
  const otherId = (await make.area({ kind: 'kern', name: 'Zwammerdam', code: 'ZWA' })).id;
  const { town, police, corporation, stranger, secret } = organisations;
  const own = await layPlace(t, 'own', { areaId, organisationId: police.id, year: 2026 });
  const places: Record<Place, Objects> = {
    own,
    otherArea: await layPlace(t, 'otherarea', { areaId: otherId, organisationId: stranger.id, year: 2026 }),
    otherOrganisation: await layPlace(t, 'otherparty', { areaId, organisationId: corporation.id, year: 2025 }),
    confidential: await layPlace(t, 'secret', {
      areaId,
      organisationId: secret.id,
      meetingId: own.ids.meetings,
      partyIds: [secret.id],
      year: 2024,
    }),
  };
  // Where nothing can be confidential, the own one is used as the confidential one too.
  for (const [noun, id] of Object.entries(own.ids))
    if (
      !['sessions', 'agenda-items', 'actions', 'discussions', 'attendances', 'action-files', 'item-files'].includes(
        noun,
      )
    )
      places.confidential.ids[noun] = id;
  const callers = {} as Record<TestRole, Record<Standing, Signed>>;
  for (const role of ROLES) {
    callers[role] = {} as Record<Standing, Signed>;
    for (const standing of STANDINGS) {
      if (role === 'client') {
        callers[role][standing] = await clientOf(t, areaId, standing, police.id);
        continue;
      }
      const person = await make.person({ active: standing !== 'deactivated', name: `${role} ${standing}` });
      const period = standing === 'ended' ? { untilOn: '2026-06-01' } : {};
      if (role === 'partner') {
        await make.member(person.id, police.id, period);
        await make.contact(police.id, person.id, areaId, period);
        await make.invitation(own.ids.meetings, { personId: person.id, organisationId: police.id, ...period });
      } else if (role !== 'person') {
        await make.grant(person.id, role as GrantedRole, role === 'admin' ? rootId : areaId, period);
        if (role === 'chair') await make.member(person.id, town.id, period);
      }
      callers[role][standing] = await signIn(t, person.id, role === 'chair' ? town.id : police.id, own);
    }
  }
  await t.make.row(OpgaveDepartment, {
    ...{ opgaveId: own.ids.opgaven, organisationId: town.id, isLead: false, part: 'Regie' },
    ...{ confirmedOn: null, confirmedById: null },
  });
  const chairs = [callers.chair.today.token, await make.signedIn('chair', otherId)];
  for (const { ids } of Object.values(places)) {
    const token = chairs[ids.areas === areaId ? 0 : 1];
    const freezing = t.api.put(`/v1/reviews/${ids.reviews}/freezing`).set('Authorization', token);
    await freezing.set('If-Match', '"1"').send({ reason: 'Voorbeeld' });
  }
  return { places, callers, rootId };
}

export type Places = Awaited<ReturnType<typeof layPlaces>>;

/** A caller with their own objects, independent of place. */
interface Signed {
  token: string;
  personId: string;
  own: Record<string, string>;
}

async function signIn(t: TestApp, personId: string, organisationId: string, { ids }: Objects): Promise<Signed> {
  const used = { lastUsedAt: t.clock.moment() };
  const token = await t.make.token(personId, used);
  const own = { ...(await ownThings(t, personId, 'wordmine')), mine: organisationId };
  const request = { id: newId(), personId, areaId: null, askedAt: t.clock.moment(), version: 1 };
  await t.make.row<KoersoverzichtRequest>(KoersoverzichtRequest, request);
  await t.make.row(ReviewParty, { reviewId: ids.reviews, personId, organisationId });
  // Asked as the contact of an organisation of which nobody here was a member, since who left is no longer asked.
  const { id: asked } = await t.make.organisation();
  await t.make.row<Rating>(Rating, {
    ...{ id: newId(), roundId: ids['rating-rounds'], personId, organisationId: asked },
    ...{ mark: null, speaksAsOne: null, keptAgreements: null, wentWell: null, canBeBetter: null, answeredAt: null },
    version: 1,
  });
  return { token, personId, own };
}

/** An active client, one that was ended, and one whose token was revoked. */
async function clientOf(t: TestApp, areaId: string, standing: Standing, organisationId: string): Promise<Signed> {
  const past = '2026-06-01T10:00:00.000Z';
  const client = standing === 'ended' ? { endedAt: past } : {};
  const used = { lastUsedAt: t.clock.moment(), revokedAt: standing === 'deactivated' ? past : null };
  const { token } = await t.make.client({ areaId, ...client }, used);
  return { token, personId: '', own: { mine: organisationId } };
}
