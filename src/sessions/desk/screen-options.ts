import type { toUnderstood } from './quick-line.rules.js';
import type { RejectedScreenForm } from './screen-form.js';

/** What is shown on the screen in addition to the session itself. */
export interface ScreenOptions {
  rejected?: RejectedScreenForm;
  /** The parsed line that is ready to be saved. */
  quick?: ReturnType<typeof toUnderstood>;
  line?: string;
  /** The action whose owner and deadline are being completed. */
  actionId?: string;
  isAdding?: boolean;
  /** The actions of last time per owner instead of by urgency. */
  isRoundTable?: boolean;
  /** The actions of last time and the items whose forms are open; `besloten`: the parties of a new item. */
  shownIds?: readonly string[];
}
