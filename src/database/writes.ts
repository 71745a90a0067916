import type { EntityManager } from 'typeorm';
import { execute } from './rows.js';

type Fields = Record<string, unknown>;
type Stored = string | number | boolean | null;

/** Lists and objects are stored as JSON text, as the entity's `Json` columns are. */
const stored = (value: unknown): Stored =>
  value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Stored);

/** Inserts one plain row; its keys are the columns. For hot paths, where building a query costs more than running it. */
export async function insertRow(manager: EntityManager, table: string, fields: Fields): Promise<void> {
  const columns = Object.keys(fields);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  await execute(manager, `INSERT INTO "${table}" (${names}) VALUES (${places})`, Object.values(fields).map(stored));
}

/** Changes columns of the row with this id and raises its version. */
export async function updateRow(manager: EntityManager, table: string, id: string, fields: Fields): Promise<void> {
  const columns = Object.keys(fields);
  const settings = columns.map((column, index) => `"${column}" = $${index + 1}`);
  await execute(
    manager,
    `UPDATE "${table}" SET ${[...settings, '"version" = "version" + 1'].join(', ')} WHERE "id" = $${columns.length + 1}`,
    [...Object.values(fields).map(stored), id],
  );
}
