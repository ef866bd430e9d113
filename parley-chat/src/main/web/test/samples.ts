import { reduce } from "../src/model/reducer.ts";
import type { ChatEvent } from "../src/model/events.ts";
import { INITIAL_STATE, type State } from "../src/model/state.ts";
import type { Timeline } from "../src/model/timeline.ts";
import type { Message, Room, User } from "../src/model/types.ts";

export const ME: User = { id: "me", name: "Me", guest: false };
export const ADA: User = { id: "ada", name: "Ada", guest: false };
export const BOB: User = { id: "bob", name: "Bob", guest: false };

const NOON = new Date(2026, 4, 3, 12, 0).getTime();

export function message(id: number, change: Partial<Message> = {}): Message {
  return { room: "lobby", id, key: `key ${id}`, user: ADA, text: `text ${id}`, at: NOON + id * 1000, ...change };
}

export function messages(from: number, to: number): readonly Message[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

export function ids(timeline: Timeline): readonly number[] {
  return timeline.messages.map((each) => each.id);
}

export function room(name: string, change: Partial<Room> = {}): Room {
  return { name, members: 1, joined: true, unread: 0, lastId: 0, ...change };
}

export function after(state: State, ...events: readonly ChatEvent[]): State {
  return events.reduce(reduce, state);
}

export function welcome(...rooms: readonly Room[]): ChatEvent {
  const limits = { text: 100, name: 10, room: 10 };
  return { type: "welcome", welcome: { user: ME, session: "token", rooms, guests: true, limits } };
}

export function loaded(name: string, last: number, change: Partial<Room> = {}): ChatEvent {
  const page = messages(1, last).map((each) => ({ ...each, room: name }));
  return {
    type: "loaded latest",
    room: name,
    page: { room: room(name, { lastId: last, ...change }), messages: page, more: false, online: [ME, ADA] },
  };
}

/** In the lobby with three messages, and a member of "garden". */
export const CHATTING: State = after(
  INITIAL_STATE,
  { type: "entering", name: "Me", resuming: false },
  welcome(room("garden"), room("lobby", { lastId: 3 })),
  loaded("lobby", 3),
);

export const LOST: ChatEvent = { type: "connection", connection: { kind: "waiting", retryAt: 0, offline: false } };
