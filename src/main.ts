import 'reflect-metadata';
import { createApp } from './configure.js';
import { readSettings } from './settings.js';

try {
  const settings = readSettings(process.env);
  const app = await createApp(settings);
  await app.listen(settings.PORT, settings.HOST);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
