import type { Delivery, Outgoing } from "./outbox.ts";
import type { Connection, Overlay } from "./state.ts";
import type { Joined, Message, Page, Presence, Room, RoomChange, User, Welcome } from "./types.ts";

/** Everything that changes what the page shows. */
export type ChatEvent =
  | { readonly type: "entering"; readonly name: string; readonly resuming: boolean }
  | { readonly type: "refused"; readonly problem: string }
  | { readonly type: "signed out" }
  | { readonly type: "connection"; readonly connection: Connection }
  | { readonly type: "welcome"; readonly welcome: Welcome }
  | { readonly type: "room"; readonly room: RoomChange }
  | { readonly type: "rooms"; readonly rooms: readonly Room[] }
  | { readonly type: "room gone"; readonly room: string }
  | { readonly type: "loading"; readonly room: string; readonly what: "nothing" | "latest" | "older" | "newer" }
  | { readonly type: "loaded latest"; readonly room: string; readonly page: Joined }
  | { readonly type: "loaded older"; readonly room: string; readonly page: Page }
  | { readonly type: "loaded newer"; readonly room: string; readonly page: Page }
  | { readonly type: "message"; readonly message: Message }
  | { readonly type: "joined"; readonly presence: Presence }
  | { readonly type: "left"; readonly presence: Presence }
  | { readonly type: "online"; readonly room: string; readonly users: readonly User[] }
  | { readonly type: "typing"; readonly room: string; readonly user: User; readonly until: number }
  | { readonly type: "typing checked"; readonly now: number }
  | { readonly type: "opened"; readonly room: string }
  | { readonly type: "scrolled"; readonly room: string; readonly atEnd: boolean }
  | { readonly type: "attention"; readonly attentive: boolean }
  | { readonly type: "draft"; readonly room: string; readonly text: string }
  | { readonly type: "posted"; readonly outgoing: Outgoing }
  | { readonly type: "restored"; readonly outbox: readonly Outgoing[] }
  | { readonly type: "delivery"; readonly key: string; readonly delivery: Delivery }
  | { readonly type: "discarded"; readonly key: string }
  | { readonly type: "overlay"; readonly overlay: Overlay }
  | { readonly type: "people toggled" }
  | { readonly type: "toast"; readonly text: string };
