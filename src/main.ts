import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { createApp } from './configure.js';
import { addressesOf, listenOn } from './platform/server/draining.js';
import { readSettings } from './platform/settings.js';

// Otherwise garbage may grow to three times the live heap before it is collected.
setFlagsFromString('--heap-growing-percent=30');

try {
  const settings = readSettings(process.env);
  const app = await createApp(settings);
  await listenOn(app, settings.PORT, await addressesOf(settings.HOST));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
