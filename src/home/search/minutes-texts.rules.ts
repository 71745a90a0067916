import type { ConfidentialContent, OpenContent } from '../../minutes/minutes-content.js';

/**
 * The texts of a part of minutes in which it is found, most important first; the same as the index has
 * (`platform/database/record-triggers.ts`). Names of persons are not among them.
 */
export function toldIn(content: OpenContent | ConfidentialContent): string[] {
  const told = [
    ...content.items.map(({ title, notes, decision }) =>
      [title, [decision, notes].filter(isText).join(' ')].filter(isText).join(': '),
    ),
    ...content.actions.map(({ title }) => title),
    ...content.discussed.flatMap(({ note, changes, escalations = [] }) => [
      note,
      changes?.said,
      ...escalations.map(({ decision }) => decision),
    ]),
    ...content.reportedDone.flatMap(({ note, result, changes, escalations = [] }) => [
      note,
      result,
      changes?.said,
      ...escalations.map(({ decision }) => decision),
    ]),
    ...[content.corrections ?? [], ...(content.adoptions ?? []).map(({ corrections }) => corrections)].flatMap(
      (corrections) => corrections.flatMap((one) => [one.new, one.old]),
    ),
  ];
  return told.filter(isText);
}

const isText = (text: string | null | undefined): text is string => typeof text === 'string' && text !== '';
