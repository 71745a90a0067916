/** "Stokt": a word of ours where a line, a cell or a choice begins with it. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "politie, bewoners of overig". */
export const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} of ${words.at(-1)}`;
