import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';

// Otherwise garbage may grow to three times the live heap before it is collected.
setFlagsFromString('--heap-growing-percent=30');
// What is loaded is kept, so the young generation need not grow by some 20 MiB to hold it for a while.
setFlagsFromString('--semi-space-growth-factor=1');
const { createApp } = await import('./configure.js');
const { addressesOf, listenOn } = await import('./platform/server/draining.js');
const { readSettings } = await import('./platform/settings.js');

try {
  const settings = readSettings(process.env);
  const app = await createApp(settings);
  await listenOn(app, settings.PORT, await addressesOf(settings.HOST));
  setFlagsFromString('--semi-space-growth-factor=2');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
