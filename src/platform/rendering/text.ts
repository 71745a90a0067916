/** "Stokt": capitalises a label at the start of a line, cell or option. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "politie, bewoners of overig". */
export const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} of ${words.at(-1)}`;
