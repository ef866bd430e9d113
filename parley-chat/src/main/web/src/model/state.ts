import type { Outgoing } from "./outbox.ts";
import { EMPTY_TIMELINE, type Timeline } from "./timeline.ts";
import { LOBBY, type Limits, type Room, type User } from "./types.ts";

export type Connection =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected" }
  /** The next try starts at `retryAt` (epoch ms); `offline` when the browser knows of no network. */
  | { readonly kind: "waiting"; readonly retryAt: number; readonly offline: boolean };

/** "X joined" and "X left", shown after the message that was the last one then. */
export interface Notice {
  readonly kind: "joined" | "left";
  readonly user: User;
  readonly at: number;
  readonly after: number;
}

export interface Typist {
  readonly user: User;
  readonly until: number;
}

/** What the page knows of one room beyond the room list. */
export interface RoomView {
  readonly timeline: Timeline;
  /** Whether the latest page was loaded once. */
  readonly loaded: boolean;
  readonly loading: "nothing" | "latest" | "older" | "newer";
  readonly online: readonly User[];
  readonly typing: readonly Typist[];
  readonly notices: readonly Notice[];
  /** The message that the line "new" stands before; 0 for none. */
  readonly firstUnreadId: number;
  /** How many messages of others wait below what is looked at. */
  readonly newBelow: number;
  readonly atEnd: boolean;
  readonly draft: string;
}

export type Overlay = "none" | "rooms" | "people" | "create";

export interface State {
  /** The name screen, waiting for the first welcome, or in the chat. */
  readonly phase: "naming" | "entering" | "chatting";
  /** Whether one was here before and need not be asked again. */
  readonly resuming: boolean;
  readonly name: string;
  readonly problem: string;
  readonly connection: Connection;
  readonly me: User | undefined;
  readonly limits: Limits;
  readonly rooms: readonly Room[];
  readonly views: Readonly<Record<string, RoomView>>;
  readonly outbox: readonly Outgoing[];
  readonly active: string;
  /** Whether the page is visible and has the focus. */
  readonly attentive: boolean;
  readonly overlay: Overlay;
  readonly peopleShown: boolean;
  /** A short message about something that did not work; empty for none. */
  readonly toast: string;
}

export const EMPTY_VIEW: RoomView = {
  timeline: EMPTY_TIMELINE,
  loaded: false,
  loading: "nothing",
  online: [],
  typing: [],
  notices: [],
  firstUnreadId: 0,
  newBelow: 0,
  atEnd: true,
  draft: "",
};

export const INITIAL_STATE: State = {
  phase: "naming",
  resuming: false,
  name: "",
  problem: "",
  connection: { kind: "connecting" },
  me: undefined,
  limits: { text: 4000, name: 32, room: 32 },
  rooms: [],
  views: {},
  outbox: [],
  active: LOBBY,
  attentive: true,
  overlay: "none",
  peopleShown: true,
  toast: "",
};

export function viewOf(state: State, room: string): RoomView {
  return state.views[room] ?? EMPTY_VIEW;
}

export function roomOf(state: State, name: string): Room | undefined {
  return state.rooms.find((room) => room.name === name);
}

/** Whether somebody looks at the end of what is loaded of this room. */
export function isWatching(state: State, room: string): boolean {
  const view = viewOf(state, room);
  return state.phase === "chatting" && state.active === room && state.attentive && view.loaded && view.atEnd;
}

/** Whether what arrives in this room now is seen at once. */
export function isReading(state: State, room: string): boolean {
  return isWatching(state, room) && !viewOf(state, room).timeline.hasNewer;
}

export function totalUnread(state: State): number {
  return state.rooms.reduce((sum, room) => sum + (room.joined ? room.unread : 0), 0);
}
