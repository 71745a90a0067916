/** Runs rounds of work one at a time. A failed round rejects only for its own caller, not for the rounds queued behind it. */
export class Rounds<Outcome> {
  private current: Promise<Outcome> | undefined;

  constructor(private readonly work: () => Promise<Outcome>) {}

  /** Runs a whole round, after the one in progress. */
  async next(): Promise<Outcome> {
    const round = this.ended().then(this.work);
    this.current = round;
    try {
      return await round;
    } finally {
      if (this.current === round) this.current = undefined;
    }
  }

  /** For a scheduler: does nothing while a round is in progress. */
  async wake(): Promise<void> {
    if (!this.current) await this.next();
  }

  /** Resolves when the round in progress ends, whether or not it succeeds. */
  async ended(): Promise<void> {
    await this.current?.catch(() => {});
  }
}
