import type { ChatEvent } from "./model/events.ts";
import { PENDING, type Outgoing } from "./model/outbox.ts";
import { reduce } from "./model/reducer.ts";
import { INITIAL_STATE, roomOf, type State } from "./model/state.ts";
import { Store } from "./model/store.ts";
import type { Refusal, Reply, Room, Welcome } from "./model/types.ts";
import { ChatConnection } from "./wire/connection.ts";
import { Loader } from "./wire/loader.ts";
import { memory, resumed } from "./wire/memory.ts";
import { Sender } from "./wire/sender.ts";
import { TypingSignal } from "./wire/typing-signal.ts";

const TYPING_SHOWN_MS = 6_000;
const TOAST_SHOWN_MS = 6_000;

/** What the person at the page can do; everything that happens ends as an event in the store. */
export class Chat {
  readonly store = new Store<State, ChatEvent>(reduce, INITIAL_STATE);
  readonly #connection: ChatConnection;
  readonly #loader: Loader;
  readonly #sender: Sender;
  readonly #typing: TypingSignal;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  #wantedRoom = "";

  constructor() {
    this.#connection = new ChatConnection({
      connection: (connection) => this.#dispatch({ type: "connection", connection }),
      refused: (code, message) => this.#refused(code, message),
      welcome: (welcome) => this.#welcome(welcome),
      message: (message) => this.#dispatch({ type: "message", message }),
      room: (room) => this.#dispatch({ type: "room", room }),
      joined: (presence) => this.#dispatch({ type: "joined", presence }),
      left: (presence) => this.#dispatch({ type: "left", presence }),
      online: (news) => this.#dispatch({ type: "online", ...news }),
      typing: (news) => {
        const until = news.typing ? Date.now() + TYPING_SHOWN_MS : 0;
        this.#dispatch({ type: "typing", room: news.room, user: news.user, until });
      },
    });
    this.#loader = new Loader(this.store, this.#connection);
    this.#sender = new Sender(this.store, this.#connection);
    this.#typing = new TypingSignal((room, typing) => this.#connection.tell("typing", { room, typing }));
    setInterval(() => this.#dispatch({ type: "typing checked", now: Date.now() }), 1_000);
  }

  /** Goes on as who one was here before, if there was somebody. */
  start(room: string): void {
    this.#wantedRoom = room;
    this.#dispatch({ type: "restored", outbox: resumed(memory.outbox()) });
    if (!memory.peopleShown()) {
      this.#dispatch({ type: "people toggled" });
    }
    const person = memory.person();
    if (person !== undefined && person.session !== "") {
      this.#enter(person.name, person.session);
    } else if (person !== undefined) {
      this.#dispatch({ type: "entering", name: person.name, resuming: false });
      this.#dispatch({ type: "refused", problem: "" });
    }
  }

  enter(name: string): void {
    const person = memory.person();
    const session = person?.name === name ? person.session : "";
    this.#enter(name, session);
  }

  /** Back to the name screen; the name stays in the field. */
  signOut(): void {
    this.#connection.close();
    memory.keepPerson({ name: this.store.state.name, session: "" });
    memory.keepOutbox([]);
    this.#dispatch({ type: "signed out" });
  }

  tryNow(): void {
    this.#connection.tryNow();
  }

  /** Shows a room, after joining it where needed. */
  async open(name: string): Promise<void> {
    const room = roomOf(this.store.state, name);
    if (room === undefined) {
      this.#toast(`There is no room "${name}".`);
      return;
    }
    this.#typing.stop();
    if (room.joined) {
      this.#dispatch({ type: "opened", room: room.name });
      await this.#loader.fill(room.name);
    } else {
      await this.#join(room.name);
    }
  }

  /** Makes a room and opens it. Returns what is wrong with the name, or nothing. */
  async create(name: string): Promise<string> {
    const wanted = name.trim();
    if (wanted === "") {
      return "Give the room a name.";
    }
    const reply = await this.#ask<{ room?: Room }>("create", { room: wanted });
    if (!reply.ok) {
      return reply.message;
    }
    await this.#join(reply.room?.name ?? wanted);
    return "";
  }

  async leave(room: string): Promise<void> {
    this.#typing.stop();
    const reply = await this.#ask("leave", { room });
    if (reply.ok) {
      this.#dispatch({ type: "room gone", room });
      await this.#loader.fill(this.store.state.active);
    } else {
      this.#toast(reply.message);
    }
  }

  say(room: string, text: string): void {
    this.#typing.stop();
    this.#dispatch({ type: "draft", room, text: "" });
    this.#sender.say(room, text);
    void this.#loader.toLatest(room);
  }

  retry(outgoing: Outgoing): void {
    this.#dispatch({ type: "delivery", key: outgoing.key, delivery: PENDING });
    this.#sender.send(outgoing);
  }

  discard(key: string): void {
    this.#dispatch({ type: "discarded", key });
  }

  draft(room: string, text: string): void {
    this.#dispatch({ type: "draft", room, text });
    this.#typing.changed(room, text);
  }

  scrolled(room: string, atEnd: boolean): void {
    this.#dispatch({ type: "scrolled", room, atEnd });
  }

  attention(attentive: boolean): void {
    this.#dispatch({ type: "attention", attentive });
  }

  loadOlder(room: string): Promise<void> {
    return this.#loader.older(room);
  }

  loadNewer(room: string): Promise<void> {
    return this.#loader.newer(room);
  }

  toLatest(room: string): Promise<void> {
    return this.#loader.toLatest(room);
  }

  show(overlay: State["overlay"]): void {
    this.#dispatch({ type: "overlay", overlay });
  }

  togglePeople(): void {
    this.#dispatch({ type: "people toggled" });
    memory.keepPeopleShown(this.store.state.peopleShown);
  }

  #enter(name: string, session: string): void {
    this.#dispatch({ type: "entering", name, resuming: session !== "" });
    this.#connection.open(session === "" ? { name } : { name, session });
  }

  #refused(code: string, message: string): void {
    const name = this.store.state.name;
    const hadSession = memory.person()?.session !== "";
    memory.keepPerson({ name, session: "" });
    if (code === "session_invalid" && hadSession) {
      this.#enter(name, ""); // the server forgot us: the name may still be free
    } else {
      this.#dispatch({ type: "refused", problem: message });
    }
  }

  #welcome(welcome: Welcome): void {
    const person = { name: welcome.user.name, session: welcome.session };
    memory.keepPerson(person);
    this.#connection.remember(person);
    this.#dispatch({ type: "welcome", welcome });
    this.#sender.resend();
    void this.#resume();
  }

  async #resume(): Promise<void> {
    const wanted = this.#wantedRoom;
    this.#wantedRoom = "";
    if (wanted !== "" && wanted !== this.store.state.active) {
      await this.open(wanted);
    }
    await this.#loader.fillAll();
  }

  async #join(room: string): Promise<void> {
    const reply = await this.#loader.latest(room);
    if (reply.ok) {
      this.#dispatch({ type: "opened", room: reply.room.name });
    } else {
      this.#toast(reply.message);
    }
  }

  async #ask<T = object>(event: string, request: object): Promise<Reply<T>> {
    try {
      return await this.#connection.request<T>(event, request);
    } catch {
      return NO_ANSWER;
    }
  }

  #toast(text: string): void {
    this.#dispatch({ type: "toast", text });
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.#dispatch({ type: "toast", text: "" }), TOAST_SHOWN_MS);
  }

  #dispatch(event: ChatEvent): void {
    this.store.dispatch(event);
  }
}

const NO_ANSWER: Refusal = {
  ok: false,
  code: "no_answer",
  message: "The server did not answer. Try again when the connection is back.",
};

