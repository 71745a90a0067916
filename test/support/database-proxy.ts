import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy between the service and PostgreSQL that can make the database unavailable and available again. */
export class DatabaseProxy {
  private readonly sockets = new Set<Socket>();
  /** How many connections were refused while the database was unavailable. */
  refused = 0;
  /** How many were passed on. */
  made = 0;
  private isAway = false;
  private losing: string | undefined = undefined;
  private isFrozen = false;

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    /** The address to give to the service. */
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<DatabaseProxy> {
    const behind = new URL(databaseUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const front = new URL(databaseUrl);
    front.port = String((server.address() as AddressInfo).port);
    const proxy = new DatabaseProxy(server, front.href);
    server.on('connection', (socket) => proxy.pass(socket, Number(behind.port), behind.hostname));
    return proxy;
  }

  /** Breaks every connection and refuses new ones. */
  takeAway(): void {
    this.isAway = true;
    this.breakAll();
  }

  giveBack(): void {
    this.isAway = false;
    this.losing = undefined;
    this.isFrozen = false;
  }

  /** From now on the connection breaks at each commit: PostgreSQL commits, but its response never arrives. */
  loseCommits(): void {
    this.losing = 'COMMIT\0';
  }

  /** The same at the start of each transaction. */
  loseBeginnings(): void {
    this.losing = 'START TRANSACTION\0';
  }

  /** From now on, connections are accepted but nothing is answered. */
  freeze(): void {
    this.isFrozen = true;
  }

  async stop(): Promise<void> {
    this.breakAll();
    this.server.close();
    await once(this.server, 'close');
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private pass(front: Socket, port: number, host: string): void {
    if (this.isAway) {
      this.refused += 1;
      return void front.destroy();
    }
    this.made += 1;
    const back = connect(port, host);
    let isLost = false;
    for (const [one, other] of [
      [front, back],
      [back, front],
    ]) {
      this.sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    front.on('data', (bytes) => {
      isLost ||= this.losing !== undefined && bytes.includes(this.losing);
      back.write(bytes);
    });
    back.on('data', (bytes) => {
      if (isLost) front.destroy();
      else if (!this.isFrozen) front.write(bytes);
    });
  }
}
