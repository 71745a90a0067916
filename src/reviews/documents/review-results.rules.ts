import { inDutch } from '../../platform/common/calendar-date.js';
import {
  type Block,
  heading,
  listOf,
  note,
  plain,
  sentence,
  soft,
  subheading,
} from '../../platform/documents/blocks.js';
import type { ReviewView } from '../reviews.dto.js';

type Results = Pick<ReviewView['figures'], 'results'>;

/** "17 januari 2025": the day of the week of a result is irrelevant. */
const withoutWeekday = (day: string): string => inDutch(day).replace(/^\S+ /, '');

/** The results, as their owners worded them: the story of the year. */
export function resultBlocks({ results: { large, small } }: Results, most: number): Block[] {
  const sized = (name: string, { total, lines }: typeof large): Block[] => {
    if (total === 0) return [];
    const shown = lines.slice(0, most);
    const more = total - shown.length;
    const entries = shown.map(({ result, number, title, organisation, doneOn }) => [
      plain(`${result} `),
      soft(
        `(${number ? `${number} ` : ''}${title}${organisation ? `, ${organisation}` : ''}, ${withoutWeekday(doneOn)})`,
      ),
    ]);
    const others = `${more} ${more === 1 ? 'resultaat' : 'resultaten'}`;
    // On a published review none need be public.
    if (shown.length === 0)
      return [subheading(plain(name)), note(`${others}, niet openbaar en daarom hier niet genoemd.`)];
    const rest = more > 0 ? [note(`En nog ${others}.`)] : [];
    return [subheading(plain(name)), listOf(entries), ...rest];
  };
  const blocks = [...sized('Groot', large), ...sized('Klein', small)];
  const none = sentence(plain('Er zijn nog geen resultaten opgeschreven.'));
  return [heading('Resultaten, klein en groot'), ...(blocks.length > 0 ? blocks : [none])];
}
