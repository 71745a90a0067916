export function naturalKey(text: string | null): string;
export const STORED_KEY_LENGTH: number;
export function storedKey(text: string | null): string;
export function compareNaturally(one: string | null, other: string | null): number;
