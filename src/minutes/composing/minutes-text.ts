import { rows, type Source } from '../../platform/database/rows.js';
import type { AdoptionRow } from './material.js';
import type { PartDraft } from '../minutes-content.js';

/** A part of a version with its parties, whose text still exists. */
export type TextPart = PartDraft & { id: string };

type RawPart = Omit<TextPart, 'partyIds'>;

/** The whole text of one version, including what the caller may not know: for composing the next version. */
export async function textOf(source: Source, minutesId: string, number: number): Promise<TextPart[]> {
  const parts = await rows<RawPart>(
    source,
    `SELECT p."id", p."label", p."content" FROM "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
     WHERE v."minutesId" = $1 AND v."number" = $2 AND p."content" IS NOT NULL ORDER BY p."label"`,
    [minutesId, number],
    { content: 'json' },
  );
  const parties = await rows<{ partId: string; organisationId: string }>(
    source,
    `SELECT y."partId", y."organisationId" FROM "minutes_part_parties" y JOIN "minutes_parts" p ON p."id" = y."partId"
     JOIN "minutes_versions" v ON v."id" = p."versionId" WHERE v."minutesId" = $1 AND v."number" = $2`,
    [minutesId, number],
  );
  return parts.map((part) => ({
    ...part,
    partyIds: parties.filter(({ partId }) => partId === part.id).map(({ organisationId }) => organisationId),
  }));
}

/** The minutes adopted in a session, earliest first, with the corrections of each part. */
export async function adoptionsOf(source: Source, sessionId: string): Promise<AdoptionRow[]> {
  const adopted = await rows<{ id: string; number: number; sessionId: string; heldOn: string }>(
    source,
    `SELECT m."id", m."currentNumber" AS "number", m."sessionId", s."heldOn"
     FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId" WHERE m."adoptedInId" = $1 ORDER BY s."heldOn", s."id"`,
    [sessionId],
  );
  const found: AdoptionRow[] = [];
  for (const { id, number, ...session } of adopted) {
    const parts = (await textOf(source, id, number)).map(({ label, partyIds, content }) => {
      return { label, partyIds, corrections: content.corrections ?? [] };
    });
    found.push({ ...session, parts });
  }
  return found;
}
