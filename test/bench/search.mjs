/**
 * Finding anything among 100,000 actions and 5,000 minutes with their decisions, for a chair of everything and for a
 * partner: `npm run bench -- search`.
 */
import { layMinutes, wordOf } from './fill-minutes.mjs';
import { load } from './load.mjs';
import { keepWords, layYears, openPlace, startService } from './place.mjs';

/** Ten sessions a year in each of 20 areas: 5,000 minutes. */
const YEARS = 25;
const MINUTES = YEARS * 10 * 20;
const LONGEST_MS = 50;

export async function measure({ report, kinds, actions, seconds }) {
  for (const kind of kinds) {
    const place = await openPlace(kind, `minutes-${actions}`, (empty) => lay(empty, actions));
    try {
      const service = await startService(place);
      const questions = Object.entries(questionsFor(actions));
      for (const [name, words] of questions) {
        for (const who of ['chair', 'partner']) {
          const headers = { Authorization: `Bearer ${place.seeded[who]}` };
          const next = () => ({ path: `/v1/search?pageSize=5&q=${encodeURIComponent(words())}`, headers });
          await load(service.base, next, { connections: 1, seconds: Math.min(0.5, seconds) });
          const { p50 } = await load(service.base, next, { connections: 1, seconds: seconds / 2 });
          report.add(`search: ${name}, ${who} (${kind})`, p50, 'ms', { atMost: LONGEST_MS });
        }
      }
      await service.stop();
    } finally {
      await place.remove();
    }
  }
}

async function lay(place, actions) {
  const { secret } = await layYears(place, { actions, years: YEARS });
  const partner = await layMinutes(place, MINUTES);
  await keepWords(place);
  return { chair: secret, partner };
}

/** What is typed: a different word each time. */
function questionsFor(actions) {
  let turn = 0;
  const number = () => 1 + ((turn++ * 7919) % actions);
  return {
    'a number': () => `WB-${number()}`,
    'a word of one action': () => String(number()),
    'a word of one record': () => `zaak ${10 * (1 + (turn++ % 5000))}`,
    'the beginning of a word of many minutes': () => wordOf(turn++).slice(0, 4),
    'two words of many minutes': () => `${wordOf(turn++)} afgesproken`,
    'a word of every action': () => 'skatebaan',
    'a person': () => `functionaris ${1 + (turn++ % 200)}`,
    'a word that is nowhere': () => `bestaatniet${turn++}`,
  };
}
