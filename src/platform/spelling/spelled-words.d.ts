export const ALIKE: Record<string, string>;
export const UNSEEN: string;
export const BLANKS: string;
export function spelledAt(text: string, words: string, how?: { anyCase?: boolean }): [from: number, until: number][];
export function withoutSpelled(text: string, words: string, instead: string): string;
export function asSpelled(text: string): string;
