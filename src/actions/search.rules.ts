const MOST_WORDS = 20;
const LONGEST_WORD = 100;

/**
 * What is looked for, as the words that must all be there, each by its beginning. What stands together, as `BOS-12`, must
 * stand together in the text too. Accents, capitals and every sign that is no letter or digit fall away.
 */
export function searchedWords(text: string): string[][] {
  return text
    .split(/\s+/)
    .map((together) =>
      together
        .toLowerCase()
        .normalize('NFKD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== '')
        .map((word) => word.slice(0, LONGEST_WORD)),
    )
    .filter((words) => words.length > 0)
    .slice(0, MOST_WORDS);
}
