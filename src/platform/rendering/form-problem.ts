/** Why a form was not taken: shown beside the fields, and together at the top. */
export interface FormProblem {
  /** The HTTP status of the page that says so. */
  status: number;
  /** With `href` to the field; without for what is wrong as a whole. */
  summary: { text: string; href: string | null }[];
  byField: Record<string, string>;
  /** Above the summary, when it is not that nothing was saved. */
  heading?: string;
}

/** What a page itself finds wrong, by the name of the field; `idOf` gives the id of its input. */
export function problemWith(byField: Record<string, string>, idOf = (field: string) => field): FormProblem {
  const summary = Object.entries(byField).map(([field, text]) => ({ text, href: `#${idOf(field)}` }));
  return { status: 400, summary, byField };
}

/** What is wrong with a form as a whole. */
export const problemAsAWhole = (text: string, status = 400): FormProblem => ({
  status,
  summary: [{ text, href: null }],
  byField: {},
});
