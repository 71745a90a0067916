import { invalid } from '../../platform/common/problems.js';
import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { type Metric, METRICS } from '../goal.entity.js';
import { METRIC_CHOICES } from '../words.js';

const MOST_DAYS = 365;
/** Follows the kind of a figure that is compared with the deadline that was agreed first. */
const ORIGINAL = ':original';

/** The fields with which a goal is measured from our own data. */
export const ownFigureFields = (organisations: readonly Option[]): FieldSpec[] => [
  {
    name: 'metricKind',
    label: 'Wat wordt er geteld?',
    type: 'choice',
    options: optionsOf(METRIC_CHOICES, 'Nee, wij meten zelf'),
    hint: 'Dan hoeft niemand te meten: het cijfer is er elke dag.',
  },
  { name: 'metricDays', label: 'Binnen hoeveel dagen?', type: 'number', hint: 'Alleen bij verslagen.' },
  {
    name: 'metricOrganisationId',
    label: 'Welke organisatie?',
    type: 'choice',
    options: organisations,
    hint: 'Wiens aanwezigheid, of wie zegt of het is gelukt.',
  },
];

/** The names of these fields, which are not those of a goal. */
export const OWN_FIGURE_NAMES = ownFigureFields([]).map(({ name }) => name);

/** The figure that was chosen; null for a goal that is measured by hand. 400 if something is missing. */
export function metricIn({ metricKind = '', metricDays = '', metricOrganisationId = '' }: Fields): Metric | null {
  if (metricKind === '') return null;
  const kind = METRICS.find((one) => one === metricKind.replace(ORIGINAL, ''));
  if (!kind || !(metricKind in METRIC_CHOICES)) throw missing('metricKind');
  if (kind === 'minutes_sent') {
    if (!/^\d{1,3}$/.test(metricDays) || Number(metricDays) > MOST_DAYS) throw missing('metricDays');
    return { kind, days: Number(metricDays) };
  }
  if (kind === 'judged_realised' && !metricOrganisationId) throw missing('metricOrganisationId');
  const isOfOne = (kind === 'judged_realised' || kind === 'attendance') && metricOrganisationId !== '';
  return {
    kind,
    ...(isOfOne && { organisationId: metricOrganisationId }),
    ...(metricKind.endsWith(ORIGINAL) && { against: 'original' }),
  };
}

const missing = (field: string) => invalid([{ field, message: `${field} is required with this figure` }]);

export const metricValues = (metric: Metric | null): Fields => ({
  metricKind: metric ? `${metric.kind}${metric.against === 'original' ? ORIGINAL : ''}` : '',
  metricDays: metric?.days === undefined ? '' : String(metric.days),
  metricOrganisationId: metric?.organisationId ?? '',
});
