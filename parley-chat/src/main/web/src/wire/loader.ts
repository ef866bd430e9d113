import type { ChatEvent } from "../model/events.ts";
import { isReading, viewOf, type State } from "../model/state.ts";
import type { Store } from "../model/store.ts";
import { firstId, lastId } from "../model/timeline.ts";
import type { Joined, Page, Reply } from "../model/types.ts";
import type { ChatConnection } from "./connection.ts";

/** A gap of more pages than this is not filled: the room starts anew with its latest page. */
const PAGES_IN_A_GAP = 4;

const READ_AFTER_MS = 300;

const LOST: Reply<never> = { ok: false, code: "lost", message: "The connection was lost. It is tried again." };

/** Fetches the messages that the windows of the rooms lack, and tells the server what was read. */
export class Loader {
  readonly #store: Store<State, ChatEvent>;
  readonly #connection: ChatConnection;
  readonly #told = new Map<string, number>();
  #readRoom = "";
  #readTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store<State, ChatEvent>, connection: ChatConnection) {
    this.#store = store;
    this.#connection = connection;
    store.subscribe((state) => this.#follow(state));
  }

  /** The latest page of a room, which also joins it. */
  async latest(room: string): Promise<Reply<Joined>> {
    const reply = await this.#load<Joined>(room, "latest", "join", { room });
    if (reply.ok) {
      this.#store.dispatch({ type: "loaded latest", room: reply.room.name, page: reply });
    }
    return reply;
  }

  async older(room: string): Promise<void> {
    const { timeline, loaded, loading } = viewOf(this.#store.state, room);
    if (!loaded || !timeline.hasOlder || loading !== "nothing") {
      return;
    }
    const reply = await this.#load<Page>(room, "older", "history", { room, before: firstId(timeline) });
    if (reply.ok) {
      this.#store.dispatch({ type: "loaded older", room, page: reply });
    }
  }

  async newer(room: string): Promise<void> {
    const { timeline, loaded, loading } = viewOf(this.#store.state, room);
    if (loaded && timeline.hasNewer && loading === "nothing") {
      await this.#page(room);
    }
  }

  /** Shows the end of the room, whatever was looked at. */
  async toLatest(room: string): Promise<void> {
    const { timeline, loaded } = viewOf(this.#store.state, room);
    if (loaded && timeline.hasNewer && this.#connection.connected) {
      await this.latest(room);
    }
  }

  /** What a room lacks at its end, up to now. */
  async fill(room: string): Promise<void> {
    const { loaded, timeline } = viewOf(this.#store.state, room);
    if (!loaded || timeline.messages.length === 0) {
      await this.latest(room);
      return;
    }
    for (let pages = 0; this.#lacks(room); pages++) {
      const reply = pages < PAGES_IN_A_GAP ? await this.#page(room) : await this.latest(room);
      if (!reply.ok || pages > PAGES_IN_A_GAP) {
        return;
      }
    }
  }

  /** After a (re)connect: the room that is looked at, then the others that were. */
  async fillAll(): Promise<void> {
    const { active, rooms, views } = this.#store.state;
    this.#told.clear();
    await this.#catchUp(active);
    const others = rooms.filter((room) => room.joined && room.name !== active && views[room.name]?.loaded);
    for (const room of others) {
      await this.#catchUp(room.name);
    }
  }

  async #catchUp(room: string): Promise<void> {
    await this.fill(room);
    const reply = await this.#ask<Joined>("join", { room });
    if (reply.ok) {
      this.#store.dispatch({ type: "online", room, users: reply.online });
    }
  }

  #lacks(room: string): boolean {
    const view = viewOf(this.#store.state, room);
    return view.atEnd && view.timeline.hasNewer && view.loading === "nothing" && this.#connection.connected;
  }

  #page(room: string): Promise<Reply<Page>> {
    const after = lastId(viewOf(this.#store.state, room).timeline);
    return this.#load<Page>(room, "newer", "history", { room, after }).then((reply) => {
      if (reply.ok) {
        this.#store.dispatch({ type: "loaded newer", room, page: reply });
      }
      return reply;
    });
  }

  async #load<T>(room: string, what: "latest" | "older" | "newer", event: string, request: object): Promise<Reply<T>> {
    this.#store.dispatch({ type: "loading", room, what });
    const reply = await this.#ask<T>(event, request);
    if (!reply.ok) {
      this.#store.dispatch({ type: "loading", room, what: "nothing" });
    }
    return reply;
  }

  async #ask<T>(event: string, request: object): Promise<Reply<T>> {
    try {
      return await this.#connection.request<T>(event, request);
    } catch {
      return LOST;
    }
  }

  #follow(state: State): void {
    const room = state.active;
    const id = lastId(viewOf(state, room).timeline);
    if (isReading(state, room) && id > (this.#told.get(room) ?? 0)) {
      this.#told.set(room, id);
      this.#tellReadSoon(room);
    }
  }

  #tellReadSoon(room: string): void {
    if (this.#readRoom !== room) {
      this.#tellRead();
    }
    this.#readRoom = room;
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => this.#tellRead(), READ_AFTER_MS);
  }

  #tellRead(): void {
    const room = this.#readRoom;
    const id = this.#told.get(room);
    if (id !== undefined) {
      this.#readRoom = "";
      void this.#ask("read", { room, id });
    }
  }
}
