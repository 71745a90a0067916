import type { CourseKind } from './koersoverzicht.rules.js';

const PATH = '/koersoverzicht';

/** A URL with the query parameters that are given. */
export function addressOf(path: string, parts: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What the koersoverzicht was narrowed down to, as in its URLs. */
export interface Narrowed {
  area?: string;
  organisatie?: string;
  domein?: string;
  pagina?: string;
}

/** The URL of the list behind a number. */
export const listOf = (kind: CourseKind, { area, organisatie, domein, pagina }: Narrowed): string =>
  addressOf(`${PATH}/lijst/${kind}`, { area, organisatie, domein, pagina });

/** The URL of all early warnings. */
export const warningsOf = ({ area, domein, pagina }: Narrowed): string =>
  addressOf(`${PATH}/signalen`, { area, domein, pagina });
