/** Where everyone reads what was published, without signing in. */
export const PUBLIC_PAGES = '/openbaar';
export const publicWijkagenda = (id: string): string => `${PUBLIC_PAGES}/wijkagenda/${id}`;
/** The results of all quarters, and of one. */
export const PUBLIC_QUARTERS = `${PUBLIC_PAGES}/gelukt`;
export const publicQuarter = (id: string): string => `${PUBLIC_QUARTERS}/${id}`;
