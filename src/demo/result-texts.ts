import type { Dice } from './dice.js';
import * as phrases from './data/phrases.data.js';

/** A text may return once, for instance a year later; a third time it would look copied. */
const MOST = 2;

/** Words results so that no two actions seem copied from each other: other numbers, then an addition. */
export class ResultTexts {
  private readonly used = new Map<string, number>();

  constructor(private readonly dice: Dice) {}

  /** The text for one more action with this result; `ending` is added to it, such as what is left to do. */
  of(result: string, ending?: string): string {
    const first = ending ? `${result} ${ending}` : result;
    return this.free(first) ?? this.free(this.counted(first)) ?? this.added(first);
  }

  private added(text: string): string {
    for (const more of this.dice.shuffled(phrases.AFTERWARDS)) {
      const found = this.free(`${this.counted(text)} ${more}`);
      if (found) return found;
    }
    throw new Error(`The demo has no words left for "${text}".`);
  }

  /** Slightly varies numbers from three on, as they would be each time. */
  private counted(text: string): string {
    return text.replace(/\b\d{1,3}\b/g, (digits) => {
      const count = Number(digits);
      return count < 3 ? digits : `${this.dice.between(Math.ceil(count * 0.7), Math.ceil(count * 1.3))}`;
    });
  }

  private free(text: string): string | undefined {
    const times = this.used.get(text) ?? 0;
    if (times === MOST) return undefined;
    this.used.set(text, times + 1);
    return text;
  }
}
