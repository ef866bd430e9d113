import { io, type Socket } from "socket.io-client";
import type { Connection } from "../model/state.ts";
import type { Message, Presence, Reply, RoomChange, User, Welcome } from "../model/types.ts";
import { Backoff } from "./backoff.ts";

const ANSWER_WITHIN_MS = 15_000;
const WELCOME_WITHIN_MS = 25_000;

export interface Credentials {
  readonly name: string;
  readonly session?: string;
}

/** What the server tells on its own account. */
export interface ServerEvents {
  welcome(welcome: Welcome): void;
  message(message: Message): void;
  room(room: RoomChange): void;
  joined(presence: Presence): void;
  left(presence: Presence): void;
  online(news: { readonly room: string; readonly users: readonly User[] }): void;
  typing(news: { readonly room: string; readonly user: User; readonly typing: boolean }): void;
}

export interface ConnectionListener extends ServerEvents {
  /** Does not tell of `connected`: the welcome does. */
  connection(connection: Connection): void;
  /** The server does not let this name in; there are no more tries. */
  refused(code: string, message: string): void;
}

/**
 * The connection to the chat server. It is tried again, after growing pauses, until it is closed or refused; the
 * client's own reconnection is off because it does not tell when the next try is due.
 */
export class ChatConnection {
  readonly #socket: Socket;
  readonly #listener: ConnectionListener;
  readonly #backoff = new Backoff();
  #credentials: Credentials = { name: "" };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;

  constructor(listener: ConnectionListener) {
    this.#listener = listener;
    this.#socket = io("/chat", {
      autoConnect: false,
      reconnection: false,
      auth: (give) => give({ ...this.#credentials }),
    });
    this.#listen();
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  open(credentials: Credentials): void {
    this.close();
    this.#credentials = credentials;
    this.#wanted = true;
    this.#backoff.reset();
    this.#connect();
  }

  /** The credentials of the next try, for example the session that the welcome brought. */
  remember(credentials: Credentials): void {
    this.#credentials = credentials;
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#socket.disconnect();
  }

  /** Does not wait for the pause to end. */
  tryNow(): void {
    if (this.#wanted && !this.#socket.active) {
      this.#connect();
    }
  }

  /** Rejects when the connection is lost or the server does not answer in time. */
  async request<T>(event: string, ...parameters: unknown[]): Promise<Reply<T>> {
    if (!this.connected) {
      throw new Error("not connected");
    }
    return (await this.#socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, ...parameters)) as Reply<T>;
  }

  /** Sends what needs no answer; forgotten when there is no connection. */
  tell(event: string, ...parameters: unknown[]): void {
    if (this.connected) {
      this.#socket.emit(event, ...parameters);
    }
  }

  #listen(): void {
    const events = ["message", "room", "joined", "left", "online", "typing"] as const;
    for (const name of events) {
      this.#socket.on(name, (news) => this.#listener[name](news));
    }
    this.#socket.on("welcome", (welcome: Welcome) => {
      clearTimeout(this.#timer);
      this.#backoff.reset();
      this.#listener.welcome(welcome);
    });
    this.#socket.on("connect_error", (error) => this.#failed(error));
    this.#socket.on("disconnect", () => this.#tryLater());
    addEventListener("online", () => this.tryNow());
    addEventListener("pageshow", () => this.tryNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.tryNow());
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#listener.connection({ kind: "connecting" });
    this.#socket.connect();
    this.#timer = setTimeout(() => this.#tryLater(), WELCOME_WITHIN_MS);
  }

  #failed(error: Error & { readonly data?: { readonly code?: string } }): void {
    const code = error.data?.code;
    if (code === undefined) {
      this.#tryLater();
    } else if (this.#wanted) {
      this.close();
      this.#listener.refused(code, error.message);
    }
  }

  #tryLater(): void {
    if (!this.#wanted) {
      return;
    }
    this.#socket.disconnect();
    clearTimeout(this.#timer);
    const pause = this.#backoff.next();
    this.#listener.connection({ kind: "waiting", retryAt: Date.now() + pause, offline: !navigator.onLine });
    this.#timer = setTimeout(() => this.#connect(), pause);
  }
}
