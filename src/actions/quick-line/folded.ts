/** Lower case, without accents, dots and other punctuation; "'t Zand" and "W&K" keep their distinctive characters. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}&+ ]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
