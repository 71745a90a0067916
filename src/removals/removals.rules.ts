/** The first day on which minutes may be destroyed: the term runs from the end of the year of the session. */
export const mayBeDestroyedFrom = (heldOn: string, years: number): string =>
  `${Number(heldOn.slice(0, 4)) + years + 1}-01-01`;
