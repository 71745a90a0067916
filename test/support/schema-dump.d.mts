export function dumpSqlite(path: string): string[];
export function dumpPostgres(url: string, schema?: string): Promise<string[]>;
