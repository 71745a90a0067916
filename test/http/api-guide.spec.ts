import { expect, it } from '@jest/globals';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mailbox, type ReceivedMail } from '../support/mailbox.js';
import { startService } from '../support/service.js';
import { until } from '../support/until.js';

interface Example {
  commands: string;
  /** Its response according to the guide: JSON whose fields must all occur, or lines. */
  expected: { kind: string; text: string } | undefined;
}

function examplesOf(guide: string): Example[] {
  const blocks = [...guide.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, text]) => ({ kind, text }));
  return blocks.flatMap(({ kind, text }, at) => {
    const next = blocks[at + 1];
    return kind === 'sh' ? [{ commands: text, expected: next?.kind === 'sh' ? undefined : next }] : [];
  });
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('There is no curl on this machine: the commands of docs/api.md are not run.');

(hasCurl ? it : it.skip)(
  'docs/api.md: the commands do and answer what the guide says, up to a mailed digest',
  async () => {
    const mailbox = await Mailbox.start();
    const environment = {
      DATABASE_PATH: join(mkdtempSync(join(tmpdir(), 'wijkagenda-guide-')), 'guide.sqlite'),
      NOW: '2026-06-02T10:00:00+02:00',
      SMTP_URL: mailbox.url,
    };
    const create = [
      'dist/src/cli.js',
      'admin',
      'create',
      '--email',
      'beheer@gemeente.example',
      '--name',
      'functioneel beheerder',
    ];
    const printed = execFileSync(process.execPath, create, {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
    const service = await startService(environment);
    const examples = examplesOf(readFileSync('docs/api.md', 'utf8'));
    expect(examples.length).toBeGreaterThan(15);

    const script = examples.map(({ commands }) => `${commands}\necho; echo '<next>'`).join('\n');
    const shell = spawn('bash', ['--norc', '-euc', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        TOKEN: /wa_[\w-]+/.exec(printed)![0],
        API: `${service.url}/v1`,
        TODAY: '2026-06-02',
        LATE: '2026-05-26',
      },
    });
    let output = '';
    shell.stdout.on('data', (data) => (output += data));
    shell.stderr.on('data', (data) => (output += data));
    expect([await once(shell, 'close'), output.slice(-500)]).toEqual([[0, null], expect.anything()]);

    const answers = output.split('<next>\n');
    for (const [at, { commands, expected }] of examples.entries()) {
      if (!expected) continue;
      const answer = answers[at].trim();
      if (expected.kind === 'text') expect([commands, answer]).toEqual([commands, expected.text.trim()]);
      else expect([commands, JSON.parse(answer)]).toMatchObject([commands, JSON.parse(expected.text)]);
    }
    const isListed = ({ mail }: ReceivedMail) => mail.text!.includes('Kapotte lantaarns bij het station melden');
    await until('the digest arrives', () => mailbox.to('wijkagent.boskoop@politie.example').some(isListed));
    await service.stop();
  },
);
