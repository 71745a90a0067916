import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { type Quarter, quarterBefore } from '../figures/quarters.rules.js';
import { type FieldSpec, filled, type FormBlock } from '../../web/fields.rules.js';
import type { Fields, RejectedForm } from '../../web/forms.js';
import { recordForm } from '../../web/records.rules.js';
import { publicQuarter } from '../public-addresses.js';
import { byMail } from '../publications/by-mail.rules.js';
import type { PublicationRequestView } from '../publications/publication-requests.dto.js';
import type { QuarterlyLine } from './quarterly-result.entity.js';
import type { QuarterlyResultView } from './quarterly-results.dto.js';
import { quarterInDutch } from './quarterly-results.rules.js';
import { ofArea } from './review-form.rules.js';

export const QUARTERS = '/gelukt';

const INTRODUCTION: FieldSpec = {
  name: 'introduction',
  label: 'Inleiding',
  type: 'prose',
  maximum: 2000,
  hint: 'Noem de maanden: over een jaar leest iemand dit nog.',
};
const OFFERED_QUARTERS = 8;

/** The last two years of quarters to choose from, as `2026-2`, newest first. */
export function quarterOptions(current: Quarter): { value: string; label: string }[] {
  const options: { value: string; label: string }[] = [];
  for (let one = current; options.length < OFFERED_QUARTERS; one = quarterBefore(one))
    options.push({ value: `${one.year}-${one.quarter}`, label: `${one.quarter}e kwartaal ${one.year}` });
  return options;
}

/**
 * The lines as posted, ordered by the numbers beside them; lines without a number keep their place. A line whose text
 * was cleared is struck and keeps its former text.
 */
export function linesIn(fields: Fields, before: readonly QuarterlyLine[]): QuarterlyLine[] {
  const lines: (QuarterlyLine & { place: number })[] = [];
  for (let index = 1; fields[`number-${index}`] !== undefined; index += 1) {
    const number = fields[`number-${index}`];
    const typed = fields[`text-${index}`] ?? '';
    lines.push({
      number,
      text: typed || (before.find((line) => line.number === number)?.text ?? ''),
      isStruck: typed === '' || (fields[`struck-${index}`] ?? '') !== '',
      place: Number(fields[`place-${index}`] || NaN),
    });
  }
  return lines
    .map((line, index) => ({ ...line, place: Number.isFinite(line.place) ? line.place : index + 1 }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ place: _, ...line }) => line);
}

/** The page of a quarter, with the user's input if that was rejected. */
export function toQuarterPage(
  result: QuarterlyResultView,
  about: { mayWrite: boolean; asked: readonly PublicationRequestView[]; leftOut: readonly string[] },
  rejected?: RejectedForm,
) {
  const { mayWrite, asked, leftOut } = about;
  const isDraft = result.state === 'draft';
  const typed = rejected?.fields['number-1'] === undefined ? undefined : rejected.fields;
  const problem = rejected?.problem;
  const lines = typed && isDraft ? linesIn(typed, result.lines) : result.lines;
  const values = { introduction: (typed ?? result).introduction ?? '' };
  return {
    title: `Gelukt in ${quarterInDutch(result)}: ${result.areaName}`,
    problem,
    id: result.id,
    version: result.version,
    path: `${QUARTERS}/${result.id}`,
    state: result.sentAt ? `Verstuurd op ${inDutch(dayOf(result.sentAt))}` : 'Concept: nog niet verstuurd',
    introduction: result.introduction,
    told: result.lines.filter(({ isStruck }) => !isStruck),
    lines: lines.map((line, index) => ({ ...line, place: index + 1 })),
    fields: filled([INTRODUCTION], values, problem),
    /** Where the results are written that a new draft begins with. */
    doneActions: `/acties?stand=gereed&gebied=${result.areaId}`,
    mayEdit: mayWrite && isDraft,
    mayPublish: mayWrite && !isDraft,
    isPublished: result.publishedAt !== null,
    leftOut: leftOut.join(', '),
    mail: byMail(QUARTERS, result.areaId, result.areaName, asked),
    publicPath: publicQuarter(result.id),
  };
}

/** The form that creates the draft of a quarter. */
export function newQuarterForm(
  areas: readonly { value: string; label: string }[],
  current: Quarter,
  rejected?: RejectedForm,
): FormBlock {
  const { year, quarter } = quarterBefore(current);
  const specs: FieldSpec[] = [
    ofArea(areas),
    { name: 'quarter', label: 'Kwartaal', type: 'choice', isRequired: true, options: quarterOptions(current) },
  ];
  return recordForm(`${QUARTERS}/nieuw`, 'Concept maken', specs, { quarter: `${year}-${quarter}` }, rejected);
}
