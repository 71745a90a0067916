// Lints the OpenAPI document of the built service with Redocly and a Spectral rule set: npm run lint:api -- <rule set>
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [ruleSet] = process.argv.slice(2);
if (!ruleSet) {
  console.error('Usage: npm run lint:api -- <rule set>');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-lint-'));
const service = spawn(process.execPath, ['dist/src/main.js'], {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: '',
    DATABASE_PATH: join(folder, 'lint.sqlite'),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await new Promise((resolve, reject) => {
    let text = '';
    service.stdout.on('data', (data) => {
      text += data;
      const found = /Server listening at (http:\/\/[^"\s]+)/.exec(text);
      if (found) resolve(found[1]);
    });
    service.on('exit', (code) => reject(new Error(`The service stopped with code ${code}.`)));
  });
  const file = join(folder, 'openapi.json');
  writeFileSync(file, await (await fetch(`${url}/v1/openapi.json`)).text());
  // The only operation without authentication is the document itself.
  const redocly = ['redocly', 'lint', file, '--max-problems', '20', '--skip-rule', 'operation-4xx-response'];
  const spectral = ['spectral', 'lint', '--fail-severity', 'error', '-r', ruleSet, file];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const failed = [redocly, spectral].filter((command) => spawnSync('npx', command, { stdio: 'inherit', env }).status);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  service.removeAllListeners('exit');
  service.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
