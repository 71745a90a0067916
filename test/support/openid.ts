import { afterAll } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(process.cwd(), 'test/support/openid-provider.mjs');
const stops: (() => void)[] = [];
afterAll(() => stops.splice(0).forEach((stop) => stop()));

/** Starts a provider that redirects to `callback`; returns its address and how to stop it. */
export async function startProvider(callback: string, secret: string): Promise<{ issuer: string; stop: () => void }> {
  const child = spawn(process.execPath, [PROGRAM, callback, secret], { stdio: ['ignore', 'pipe', 'ignore'] });
  const stop = () => void child.kill('SIGKILL');
  stops.push(stop);
  const issuer = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`The provider stopped with ${code}.`)));
  });
  return { issuer, stop };
}

/** A separate browser at the provider: keeps its cookies, and follows redirects until they lead to another host. */
export class AtProvider {
  private readonly jar = new Map<string, string>();

  constructor(private readonly issuer: string) {}

  /** Follows our redirect, enters a name, consents (or cancels), and returns where the provider redirects to. */
  async signIn(url: string, name: string, doesAgree = true): Promise<string> {
    const login = await this.follow(url);
    if (!doesAgree) return this.follow(await this.linkOf(login, 'abort'));
    const consent = await this.follow(await this.post(login, { prompt: 'login', login: name, password: 'x' }));
    if (!consent.startsWith(this.issuer)) return consent;
    return this.follow(await this.post(consent, { prompt: 'consent' }));
  }

  private async post(url: string, fields: Record<string, string>): Promise<string> {
    const { headers, status } = await this.send(url, { method: 'POST', body: new URLSearchParams(fields) });
    const location = headers.get('location');
    if (!location) throw new Error(`${url} answered ${status}`);
    return new URL(location, url).href;
  }

  /** Follows redirects within the provider; returns the page it ends at, or the external address. */
  private async follow(url: string): Promise<string> {
    if (!url.startsWith(this.issuer)) return url;
    const location = (await this.send(url)).headers.get('location');
    return location ? this.follow(new URL(location, url).href) : url;
  }

  private async linkOf(url: string, word: string): Promise<string> {
    const href = new RegExp(`href="([^"]*${word})"`).exec(await (await this.send(url)).text())?.[1];
    return new URL(href!, url).href;
  }

  private async send(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split('=');
      this.jar.set(name, value);
    }
    return answer;
  }
}
