import type { Fields, FormProblem } from '../../web/forms.js';

/** A form of the screen that was not taken: shown again with what was filled in. */
export interface Tried {
  /** Which form: `punt-<id>`, `actieregel`. The ids of its inputs start with it. */
  form: string;
  fields: Fields;
  problem: FormProblem;
}

/** What a form shows: what was typed when it was not taken, else what is stored; and what is wrong per field. */
export function formOf(form: string, stored: Fields, tried?: Tried) {
  const own = tried?.form === form ? tried : undefined;
  return {
    form,
    values: { ...stored, ...own?.fields },
    errors: own?.problem.byField ?? {},
    isTried: own !== undefined,
  };
}

/** The version that stood in the form; what is no number matches nothing. */
export const versionOf = ({ version }: Fields): number => (/^\d{1,9}$/.test(version ?? '') ? Number(version) : -1);
