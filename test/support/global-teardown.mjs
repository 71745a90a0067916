import { rmSync } from 'node:fs';
import { basename } from 'node:path';

export default async function teardown() {
  await globalThis.__postgres?.stop();
  const place = process.env.TEST_PLACE;
  if (basename(place).startsWith('wijkagenda-run-')) rmSync(place, { recursive: true, force: true });
}
