/** Why a form was rejected: shown beside the fields and summarised at the top. */
export interface FormProblem {
  /** The HTTP status of the page. */
  status: number;
  /** With `href` to the field; null if it concerns the form as a whole. */
  summary: { text: string; href: string | null }[];
  byField: Record<string, string>;
  /** Heading of the summary, if the default ("nothing was saved") does not apply. */
  heading?: string;
}

/** Violations found by a page itself, by field name, which is also the id of the input. */
export function problemWith(byField: Record<string, string>): FormProblem {
  const summary = Object.entries(byField).map(([field, text]) => ({ text, href: `#${field}` }));
  return { status: 400, summary, byField };
}

/** A violation that concerns the form as a whole. */
export const problemAsAWhole = (text: string, status = 400): FormProblem => ({
  status,
  summary: [{ text, href: null }],
  byField: {},
});
