import type { Params } from '../../platform/database/rows.js';

/**
 * The domains (sociaal, fysiek) with their themes, as in `THEME_DOMAINS`; empty unless the municipality sets it. An
 * action has the domain of its theme, so nobody has to enter it.
 */
export type Domains = ReadonlyMap<string, string>;

export const NO_DOMAINS: Domains = new Map();

export const domainsOf = (setting: string): Domains =>
  new Map(
    setting === ''
      ? []
      : setting.split(';').map((one) => one.split('=').map((text) => text.trim()) as [string, string]),
  );

/** The names of the domains, in the order of the setting. */
export const namesOf = (domains: Domains): string[] => [...new Set(domains.values())];

/** The domain of a theme; null if it has none. */
export const domainOf = (domains: Domains, theme: string | null | undefined): string | null =>
  domains.get(theme ?? '') ?? null;

/** The themes of a domain; none if there is no such domain. */
export const themesIn = (domains: Domains, domain: string): string[] =>
  [...domains].flatMap(([theme, own]) => (own === domain ? [theme] : []));

/** SQL for the domain of a theme in a column, as `domainOf`. */
export function domainSql(domains: Domains, column: string, params: Params): string {
  const cases = [...domains].map(([theme, domain]) => `WHEN ${params.add(theme)} THEN ${params.add(domain)}`);
  return cases.length === 0 ? 'CAST(NULL AS varchar)' : `CAST(CASE ${column} ${cases.join(' ')} END AS varchar)`;
}
