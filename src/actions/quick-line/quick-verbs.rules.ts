import { AFTER_PARTICLE, AUXILIARY, SEPARABLE_VERBS } from './reading.words.js';

const ARTICLE = /^(?:de|het)\s+(?=\S)/i;

/**
 * "ruimt het zwerfvuil op" → "zwerfvuil opruimen": a separable verb at the start is joined with its particle, in the
 * particle's place. Without one, only an auxiliary at the start is left out: "gaat in gesprek" → "in gesprek".
 */
export function joined(clause: string): string {
  const [verb, ...others] = clause.split(' ');
  const known = SEPARABLE_VERBS.get(verb.toLowerCase());
  const at = known ? particleAt(others, known.particles) : -1;
  if (!known || at < 0) return withoutAuxiliary(clause);
  const [, particle, after] = /^([\p{L}]+)(.*)$/u.exec(others[at])!;
  const words = others.with(at, `${particle}${known.infinitive}${after}`).join(' ');
  return at === 0 ? words : words.replace(ARTICLE, '');
}

function withoutAuxiliary(clause: string): string {
  const rest = clause.replace(AUXILIARY, '');
  return rest === clause ? clause : rest.replace(ARTICLE, '');
}

/**
 * Where the particle stands: at the end, or before a word that shows the object is over. The same word before anything
 * else is a preposition ("op de Zijde").
 */
function particleAt(words: readonly string[], particles: readonly string[]): number {
  const isParticle = (word: string) => particles.includes(word.replace(/[^\p{L}]+$/u, '').toLowerCase());
  const closes = (at: number) =>
    at === words.length - 1 || /[^\p{L}]$/u.test(words[at]) || AFTER_PARTICLE.test(words[at + 1]);
  const last = words.length - 1;
  if (last >= 0 && isParticle(words[last])) return last;
  return words.findIndex((word, at) => isParticle(word) && closes(at));
}
