import type { Fields, RejectedForm } from '../../web/forms.js';

/** A form of the screen that was rejected: shown again with what was filled in. */
export interface RejectedScreenForm extends RejectedForm {
  /** Which form: `punt-<id>`, `actieregel`. The ids of its inputs start with it. */
  form: string;
}

/** What a form shows: what was typed when it was rejected, else what is stored; and what is wrong per field. */
export function formOf(form: string, stored: Fields, rejected?: RejectedScreenForm) {
  const own = rejected?.form === form ? rejected : undefined;
  return {
    form,
    values: { ...stored, ...own?.fields },
    errors: own?.problem.byField ?? {},
    isTried: own !== undefined,
  };
}
