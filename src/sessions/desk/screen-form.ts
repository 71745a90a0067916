import type { Fields, RejectedForm } from '../../web/forms.js';

/** A rejected form of the screen, shown again with what was filled in. */
export interface RejectedScreenForm extends RejectedForm {
  /** Which form: `punt-<id>`, `actieregel`. The ids of its inputs start with it. */
  form: string;
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
