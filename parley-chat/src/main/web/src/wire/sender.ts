import type { ChatEvent } from "../model/events.ts";
import { PENDING, pending, type Delivery, type Outgoing } from "../model/outbox.ts";
import type { State } from "../model/state.ts";
import type { Store } from "../model/store.ts";
import type { ChatConnection } from "./connection.ts";
import { memory } from "./memory.ts";

const NO_ANSWER = "The server did not answer.";

/** A server that cannot store a message just now is asked again before the person is. */
const UNAVAILABLE = "unavailable";
const AGAIN_AFTER_MS = 1_500;
const MAX_TRIES = 4;

/** Brings one's own messages to the server: each as often as it takes, with the key that makes it appear once. */
export class Sender {
  readonly #store: Store<State, ChatEvent>;
  readonly #connection: ChatConnection;

  constructor(store: Store<State, ChatEvent>, connection: ChatConnection) {
    this.#store = store;
    this.#connection = connection;
    store.subscribe((state, before) => {
      if (state.outbox !== before.outbox) {
        memory.keepOutbox(state.outbox);
      }
    });
  }

  say(room: string, text: string): void {
    const outgoing: Outgoing = { room, text, key: newKey(), at: Date.now(), delivery: PENDING };
    this.#store.dispatch({ type: "posted", outgoing });
    this.send(outgoing);
  }

  /** Everything that waits, in the order in which it was written. */
  resend(): void {
    for (const outgoing of pending(this.#store.state.outbox)) {
      this.send(outgoing);
    }
  }

  send(outgoing: Outgoing, tries = 1): void {
    if (this.#connection.connected) {
      void this.#deliver(outgoing, tries);
    }
  }

  async #deliver(outgoing: Outgoing, tries: number): Promise<void> {
    const { room, key, text } = outgoing;
    try {
      const reply = await this.#connection.request<{ id: number }>("say", { room, key, text });
      if (reply.ok) {
        this.#settle(key, { kind: "sent", id: reply.id });
      } else if (reply.code === UNAVAILABLE && tries < MAX_TRIES) {
        setTimeout(() => this.send(outgoing, tries + 1), AGAIN_AFTER_MS);
      } else {
        this.#settle(key, { kind: "failed", reason: reply.message });
      }
    } catch {
      // Without a connection it stays pending and is sent again after the next welcome.
      if (this.#connection.connected) {
        this.#settle(key, { kind: "failed", reason: NO_ANSWER });
      }
    }
  }

  #settle(key: string, delivery: Delivery): void {
    this.#store.dispatch({ type: "delivery", key, delivery });
  }
}

/** 128 random bits; `crypto.randomUUID` is there on secure origins only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
