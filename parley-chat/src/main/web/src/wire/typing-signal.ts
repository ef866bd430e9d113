const REPEAT_MS = 3_000;
const IDLE_MS = 4_000;

/** Tells the others that one types: at most every three seconds, and once when one stops. */
export class TypingSignal {
  readonly #tell: (room: string, typing: boolean) => void;
  #room = "";
  #toldAt = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (room: string, typing: boolean) => void) {
    this.#tell = tell;
  }

  changed(room: string, text: string): void {
    if (text.trim() === "") {
      this.stop();
      return;
    }
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
    if (room !== this.#room || Date.now() - this.#toldAt >= REPEAT_MS) {
      this.#room = room;
      this.#toldAt = Date.now();
      this.#tell(room, true);
    }
  }

  stop(): void {
    clearTimeout(this.#idle);
    if (this.#room !== "") {
      this.#tell(this.#room, false);
      this.#room = "";
    }
  }
}
