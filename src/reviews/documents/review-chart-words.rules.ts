import { inOneLine } from '../../platform/rendering/text.js';
import { type Counts, stillOpen } from '../../wijkagenda/figures/figures.rules.js';
import { outcomesOf } from './review-sentences.rules.js';

const are = (count: number): string => (count === 1 ? 'is' : 'zijn');

/** "26 van de 48 afspraken zijn gelukt, 9 lopen nog op tijd en 10 zijn te laat. Een jaar eerder lukten 20 van de 40." */
export function outcomeWords(total: Counts, before?: Counts): string {
  if (total.agreed === 0) return 'Er zijn geen afspraken gemaakt.';
  const { realised, agreed, partly, overdueAgreed: late, notRealised: dropped } = total;
  const running = stillOpen(total) - late;
  const parts = [
    `${realised === 0 ? 'Geen enkele' : realised} van de ${agreed} afspraken ${realised === 0 ? 'is' : are(realised)} gelukt`,
    ...(partly > 0 ? [`${partly} deels`] : []),
    ...(running > 0 ? [`${running} ${running === 1 ? 'loopt' : 'lopen'} nog op tijd`] : []),
    ...(late > 0 ? [`${late} ${are(late)} te laat`] : []),
    ...(dropped > 0 ? [`${dropped} ${dropped === 1 ? 'verviel' : 'vervielen'}`] : []),
  ];
  const earlier =
    before && before.agreed > 0
      ? ` Een jaar eerder ${before.realised === 1 ? 'lukte 1' : `lukten ${before.realised}`} van de ${before.agreed}.`
      : '';
  if (agreed === 1) return `De ene afspraak ${outcomesOf(total)[0].replace('1 ', '')}.${earlier}`;
  return `${inOneLine(parts)}.${earlier}`;
}

/** "het 1e, 2e en 3e kwartaal van 2025"; with the year of each if they differ. */
function quartersIn(quarters: readonly { quarter: string }[]): string {
  const years = new Set(quarters.map(({ quarter }) => quarter.slice(0, 4)));
  const named = quarters.map(({ quarter }) => `${quarter.split('-Q')[1]}e`);
  if (years.size === 1) return `het ${inOneLine(named)} kwartaal van ${[...years][0]}`;
  return inOneLine(quarters.map(({ quarter }, index) => `het ${named[index]} kwartaal van ${quarter.slice(0, 4)}`));
}

/** "De meeste acties, 11 van de 26, kwamen gereed in het 2e kwartaal van 2026." */
export function quarterWords(quarters: readonly { quarter: string; done: number }[]): string {
  const all = quarters.reduce((sum, { done }) => sum + done, 0);
  if (all === 0) return 'Er kwam geen actie gereed.';
  const most = Math.max(...quarters.map(({ done }) => done));
  const best = quarters.filter(({ done }) => done === most);
  if (all === 1) return `De ene actie kwam gereed in ${quartersIn(best)}.`;
  if (best.length === 1 && most === all) return `Alle ${all} acties kwamen gereed in ${quartersIn(best)}.`;
  if (best.length === quarters.length) return `In elk kwartaal kwamen er even veel gereed: ${most}.`;
  if (best.length > 1) return `De meeste acties kwamen gereed in ${quartersIn(best)}: elk ${most} van de ${all}.`;
  return `De meeste acties, ${most} van de ${all}, kwamen gereed in ${quartersIn(best)}.`;
}

/** "Het vaakst ging het over schoon-heel-veilig: 19 van de 48 afspraken." */
export function themeWords(themes: readonly { theme: string | null; agreed: number }[]): string {
  const all = themes.reduce((sum, { agreed }) => sum + agreed, 0);
  if (all === 0) return 'Er zijn geen afspraken in deze periode.';
  const named = themes.flatMap(({ theme, agreed }) => (theme === null || agreed === 0 ? [] : [{ theme, agreed }]));
  if (named.length === 0) return 'Geen van de afspraken heeft een thema.';
  const most = Math.max(...named.map(({ agreed }) => agreed));
  const best = named.filter(({ agreed }) => agreed === most);
  if (most === all) return `Alle afspraken gaan over ${best[0].theme}.`;
  const about = inOneLine(best.map(({ theme }) => theme));
  if (best.length > 1) return `Het vaakst ging het over ${about}: elk ${most} van de ${all} afspraken.`;
  return `Het vaakst ging het over ${about}: ${most} van de ${all} afspraken.`;
}

/** "Gemeente: 18 van de 28 gelukt. Partners: 7 van de 19 gelukt.": side by side, without a verdict. */
export const sideWords = (sides: readonly { name: string; counts: Counts }[]): string =>
  sides
    .map(({ name, counts: { realised, agreed } }) =>
      agreed === 0 ? `${name}: geen afspraken.` : `${name}: ${realised} van de ${agreed} gelukt.`,
    )
    .join(' ');
