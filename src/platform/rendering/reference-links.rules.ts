/** The settings for where a zaak or melding can be opened. */
export interface ReferenceLinks {
  ZAAK_LINK: string;
  MELDING_LINK: string;
}

/**
 * The URL of the zaak or melding with this number; null if it is neither, or no URL is configured. A setting consists
 * of a pattern for the whole number, in which `*` matches any text, and a URL with `{reference}`: `Z-*
 * https://zaken.example/{reference}`.
 */
export function referenceUrl(reference: string | null, { ZAAK_LINK, MELDING_LINK }: ReferenceLinks): string | null {
  if (reference === null) return null;
  for (const setting of [ZAAK_LINK, MELDING_LINK]) {
    const [pattern, address] = setting.split(' ');
    if (address && isLike(reference, pattern)) return address.replace('{reference}', encodeURIComponent(reference));
  }
  return null;
}

/** Ignores case; does not use a regular expression, so that no pattern can make it slow. */
function isLike(text: string, pattern: string): boolean {
  const [first, ...others] = pattern.toLowerCase().split('*');
  const last = others.pop();
  let rest = text.toLowerCase();
  if (last === undefined) return rest === first;
  if (!rest.startsWith(first)) return false;
  rest = rest.slice(first.length);
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.endsWith(last);
}
