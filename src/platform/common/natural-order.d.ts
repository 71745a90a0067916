export function naturalKey(text: string | null): string;
export function compareNaturally(one: string | null, other: string | null): number;
