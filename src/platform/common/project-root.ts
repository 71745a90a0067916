import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}

/** The folder of package.json, both in the sources and in the build: templates and data are found from here. */
export const PROJECT_ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));
