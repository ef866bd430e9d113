const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Pauses that double, each a little different, so that not everybody comes back at the same moment. */
export class Backoff {
  #tries = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): number {
    const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.#tries++, 10));
    return Math.round(pause * (0.75 + this.#random() / 2));
  }

  reset(): void {
    this.#tries = 0;
  }
}
