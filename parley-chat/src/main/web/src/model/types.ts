/** What travels between the page and the chat server, word for word. */

export interface User {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
}

export interface Room {
  readonly name: string;
  /** How many people are online in it. */
  readonly members: number;
  readonly joined: boolean;
  readonly unread: number;
  readonly lastId: number;
}

/** News of a room: a broadcast to everybody leaves out what differs from person to person. */
export type RoomChange = Pick<Room, "name" | "members" | "lastId"> & Partial<Pick<Room, "joined" | "unread">>;

export interface Message {
  readonly room: string;
  /** Grows in each room, in the order in which everybody sees the messages. */
  readonly id: number;
  /** Made by the sender, so that a repeated request posts nothing new. */
  readonly key: string;
  readonly user: User;
  readonly text: string;
  readonly at: number;
}

export interface Limits {
  readonly text: number;
  readonly name: number;
  readonly room: number;
}

export interface Welcome {
  readonly user: User;
  readonly session: string;
  readonly rooms: readonly Room[];
  readonly guests: boolean;
  readonly limits: Limits;
}

export interface Page {
  readonly messages: readonly Message[];
  /** Whether there is more in the direction that was asked for. */
  readonly more: boolean;
}

export interface Joined extends Page {
  readonly room: Room;
  readonly online: readonly User[];
}

export interface Presence {
  readonly room: string;
  readonly user: User;
  readonly at: number;
}

export type Reply<T> = ({ readonly ok: true } & T) | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

export const LOBBY = "lobby";
