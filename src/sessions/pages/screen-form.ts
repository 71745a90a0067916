import type { toUnderstood } from './quick-line.rules.js';
import type { Fields, RejectedForm } from '../../web/forms.js';

/** A rejected form of the screen, shown again with what was filled in. */
export interface RejectedScreenForm extends RejectedForm {
  /** Which form: `punt-<id>`, `actieregel`. The ids of its inputs start with it. */
  form: string;
}

/** What is shown on the screen beside the session itself. */
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

/** The contents of a form: what was typed if it was rejected, else what is stored; and the error of each field. */
export function formOf(form: string, stored: Fields, rejected?: RejectedScreenForm) {
  const own = rejected?.form === form ? rejected : undefined;
  return {
    form,
    values: { ...stored, ...own?.fields },
    errors: own?.problem.byField ?? {},
    isTried: own !== undefined,
  };
}
