/** nodemailer alone: sends one ready-made mail to many addresses over a pool. Arguments: URL, count, file with the mail. */
import { createTransport } from 'nodemailer';
import { readFileSync } from 'node:fs';

const [, , url, count, path] = process.argv;
const { raw, ...mail } = JSON.parse(readFileSync(path, 'utf8'));
const CONNECTIONS = 5;

async function measure(message) {
  const transport = createTransport(`${url}?pool=true&maxConnections=${CONNECTIONS}&maxMessages=Infinity`);
  let next = 0;
  const one = async () => {
    while (next < count) {
      next += 1;
      const to = `functionaris${next}@organisatie.example`;
      await transport.sendMail({ ...message, envelope: { from: 'wijkagenda@gemeente.example', to } });
    }
  };
  const begin = performance.now();
  // Enough in flight to keep the pool busy.
  await Promise.all(Array.from({ length: CONNECTIONS * 4 }, one));
  const perSecond = (1000 * count) / (performance.now() - begin);
  transport.close();
  return perSecond;
}

const made = await measure({ from: 'wijkagenda@gemeente.example', to: 'functionaris@organisatie.example', ...mail });
const ready = await measure({ raw });
process.stdout.write(JSON.stringify({ made, ready }));
