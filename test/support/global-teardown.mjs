import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default async function teardown() {
  await globalThis.__postgres?.stop();
  rmSync(dirname(process.env.TEST_SQLITE_TEMPLATE), { recursive: true, force: true });
}
