import type { Locator, Page } from 'playwright-core';

const MOST_TABS = 250;
/** Whether the focused element is visible, uncovered, and has a visible focus. */
const SEEN = `(() => {
  const one = document.activeElement;
  const { left, top, width, height } = one.getBoundingClientRect();
  const found = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
  const isSeen = found && (one.contains(found) || found.contains(one) || one.labels?.length);
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  return [isSeen, (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'];
})()`;

/** A way to operate a page. */
export interface Hands {
  press(at: Locator): Promise<void>;
  fill(at: Locator, text: string): Promise<void>;
  /** Selects the option that starts with this text. */
  choose(at: Locator, words: string): Promise<void>;
  tick(at: Locator): Promise<void>;
}

/** Keyboard only: presses Tab until it is reached. Throws if it never is, or if its focus is not visible. */
export class Keyboard implements Hands {
  constructor(private readonly page: Page) {}

  async go(at: Locator): Promise<void> {
    await at.waitFor();
    for (let turn = 0; turn < MOST_TABS; turn += 1) {
      await this.page.keyboard.press('Tab');
      if (!(await at.evaluate((one) => one === one.ownerDocument.activeElement))) continue;
      const [isSeen, isShown] = await this.page.evaluate<[boolean, boolean]>(SEEN);
      if (!isSeen || !isShown) throw new Error(`The focus on ${String(at)} is ${isSeen ? 'not shown' : 'hidden'}.`);
      return;
    }
    throw new Error(`${String(at)} cannot be reached with Tab.`);
  }

  async press(at: Locator): Promise<void> {
    await this.go(at);
    await this.page.keyboard.press('Enter');
  }

  async fill(at: Locator, text: string): Promise<void> {
    await this.go(at);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  async choose(at: Locator, words: string): Promise<void> {
    await this.go(at);
    await this.page.keyboard.type(words);
  }

  async tick(at: Locator): Promise<void> {
    await this.go(at);
    await this.page.keyboard.press('Space');
  }
}

/** Touch. */
export class Finger implements Hands {
  press = (at: Locator): Promise<void> => at.click();
  fill = (at: Locator, text: string): Promise<void> => at.fill(text);
  tick = (at: Locator): Promise<void> => at.check();

  async choose(at: Locator, words: string): Promise<void> {
    const labels = await at.locator('option').allTextContents();
    await at.selectOption({ label: labels.find((label) => label.toLowerCase().startsWith(words.toLowerCase())) });
  }
}
