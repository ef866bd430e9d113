import type { ChatEvent } from "./events.ts";
import { withDelivery, without, withoutArrived, withSent, type Delivery, type Outgoing } from "./outbox.ts";
import { withJoined, withLatestPage, withMessage, withMorePage, withNotice, withTyping } from "./room-view.ts";
import { EMPTY_VIEW, INITIAL_STATE, isReading, isWatching, roomOf, viewOf, type RoomView, type State } from "./state.ts";
import { contains, firstId, lastId, withGap, withNewer, withOlder } from "./timeline.ts";
import { LOBBY, type Joined, type Message, type Presence, type Room, type RoomChange, type Welcome } from "./types.ts";

export function reduce(state: State, event: ChatEvent): State {
  switch (event.type) {
    case "entering":
      return { ...state, phase: "entering", resuming: event.resuming, name: event.name, problem: "" };
    case "refused":
      return { ...state, phase: "naming", problem: event.problem };
    case "signed out":
      return { ...INITIAL_STATE, name: state.name, attentive: state.attentive, connection: state.connection };
    case "connection":
      return connectionChanged({ ...state, connection: event.connection });
    case "welcome":
      return welcomed(state, event.welcome);
    case "rooms":
      return { ...state, rooms: sorted(event.rooms) };
    case "room":
      return roomChanged(state, event.room);
    case "room gone":
      return roomLeft(state, event.room);
    case "opened":
      return opened(state, event.room);
    default:
      return reduceInRoom(state, event);
  }
}

function reduceInRoom(state: State, event: ChatEvent): State {
  switch (event.type) {
    case "loading":
      return inRoom(state, event.room, (view) => ({ ...view, loading: event.what }));
    case "loaded latest":
      return loadedLatest(state, event.room, event.page);
    case "loaded older":
      return arrived(
        inRoom(state, event.room, (view) => withMorePage(view, withOlder(view.timeline, event.page))),
        event.page.messages,
      );
    case "loaded newer":
      return loadedNewer(state, event.room, event.page);
    case "message":
      return messageCame(state, event.message);
    case "joined":
    case "left":
      return presenceChanged(state, event.type, event.presence);
    case "online":
      return inRoom(state, event.room, (view) => ({ ...view, online: event.users }));
    case "typing":
      return event.user.id === state.me?.id ? state : inRoom(state, event.room, (view) => withTyping(view, event));
    case "typing checked":
      return withoutStaleTyping(state, event.now);
    case "scrolled":
      return scrolled(state, event.room, event.atEnd);
    case "draft":
      return inRoom(state, event.room, (view) => ({ ...view, draft: event.text }));
    default:
      return reduceElsewhere(state, event);
  }
}

function reduceElsewhere(state: State, event: ChatEvent): State {
  switch (event.type) {
    case "attention":
      return event.attentive === state.attentive ? state : seen({ ...state, attentive: event.attentive }, state.active);
    case "posted":
      return posted(state, event.outgoing);
    case "restored":
      return { ...state, outbox: [...event.outbox, ...state.outbox] };
    case "delivery":
      return delivered(state, event.key, event.delivery);
    case "discarded":
      return { ...state, outbox: without(state.outbox, event.key) };
    case "overlay":
      return { ...state, overlay: event.overlay };
    case "people toggled":
      return { ...state, peopleShown: !state.peopleShown };
    case "toast":
      return { ...state, toast: event.text };
    default:
      return state;
  }
}

function inRoom(state: State, room: string, change: (view: RoomView) => RoomView): State {
  const view = viewOf(state, room);
  const changed = change(view);
  return changed === view ? state : { ...state, views: { ...state.views, [room]: changed } };
}

function inRoomList(state: State, name: string, change: (room: Room) => Room): State {
  return { ...state, rooms: state.rooms.map((room) => (room.name === name ? change(room) : room)) };
}

function inAllRooms(state: State, change: (view: RoomView) => RoomView): State {
  const views = Object.entries(state.views).map(([room, view]) => [room, change(view)] as const);
  return { ...state, views: Object.fromEntries(views) };
}

/** The lobby, then the others by name. */
function sorted(rooms: readonly Room[]): readonly Room[] {
  return [...rooms].sort(
    (left, right) =>
      Number(right.name === LOBBY) - Number(left.name === LOBBY) || left.name.localeCompare(right.name),
  );
}

function connectionChanged(state: State): State {
  if (state.connection.kind === "connected") {
    return state;
  }
  // Requests under way are not answered any more, and what is missed from here on must be fetched.
  return inAllRooms(state, (view) => ({
    ...view,
    loading: "nothing",
    typing: [],
    timeline: view.timeline.hasNewer ? view.timeline : withGap(view.timeline),
  }));
}

function welcomed(state: State, welcome: Welcome): State {
  const rooms = sorted(welcome.rooms);
  const active = rooms.some((room) => room.name === state.active && room.joined) ? state.active : LOBBY;
  const next: State = {
    ...state,
    phase: "chatting",
    problem: "",
    name: welcome.user.name,
    me: welcome.user,
    limits: welcome.limits,
    connection: { kind: "connected" },
    rooms,
    active,
  };
  return rooms.filter((room) => room.joined).reduce(markedUnread, next);
}

/** The server's newest id tells how far a room's window must be filled. */
function markedUnread(state: State, room: Room): State {
  return inRoom(state, room.name, (view) => {
    if (room.lastId < lastId(view.timeline)) {
      return { ...EMPTY_VIEW, draft: view.draft }; // the server began anew: its ids mean other messages now
    }
    const newestId = Math.max(view.timeline.newestId, room.lastId);
    const newBelow = view.loaded && !view.atEnd ? room.unread : view.newBelow;
    return { ...view, newBelow, timeline: { ...view.timeline, newestId } };
  });
}

function roomChanged(state: State, change: RoomChange): State {
  const known = roomOf(state, change.name);
  const room: Room = { joined: false, unread: 0, ...known, ...change };
  if (known === undefined) {
    return { ...state, rooms: sorted([...state.rooms, room]) };
  }
  const next = inRoomList(state, change.name, () => room);
  if (change.joined === false && known.joined) {
    return roomLeft(next, change.name);
  }
  return seen(next, change.name);
}

function roomLeft(state: State, name: string): State {
  const elsewhere = state.active === name ? opened(state, LOBBY) : state;
  const { [name]: gone, ...views } = elsewhere.views;
  const outbox = elsewhere.outbox.filter((item) => item.room !== name);
  return inRoomList({ ...elsewhere, views, outbox }, name, (room) => ({ ...room, joined: false, unread: 0 }));
}

function opened(state: State, room: string): State {
  if (room === state.active) {
    return { ...state, overlay: "none" };
  }
  const left = inRoom(state, state.active, (view) => ({ ...view, firstUnreadId: 0, newBelow: 0, atEnd: true }));
  const entered = { ...left, active: room, overlay: "none" as const };
  return seen(markFirstUnread(entered, room, roomOf(entered, room)?.unread ?? 0), room);
}

function markFirstUnread(state: State, room: string, unread: number): State {
  return inRoom(state, room, (view) => {
    const firstUnreadId = view.firstUnreadId || firstUnread(state, view, unread);
    // The list begins at the line "new" and tells whether that shows the end, too.
    return firstUnreadId === 0 ? view : { ...view, firstUnreadId, newBelow: unread, atEnd: false };
  });
}

function firstUnread(state: State, view: RoomView, unread: number): number {
  if (unread === 0 || view.timeline.messages.length === 0) {
    return 0;
  }
  const others = view.timeline.messages.filter((message) => message.user.id !== state.me?.id);
  return others.at(-unread)?.id ?? firstId(view.timeline);
}

function loadedLatest(state: State, name: string, page: Joined): State {
  const first = !viewOf(state, name).loaded;
  const unread = Math.max(roomOf(state, name)?.unread ?? 0, page.room.unread);
  const viewed = inRoom(state, name, (view) => withLatestPage(view, page));
  const marked = first && state.active === name ? markFirstUnread(viewed, name, unread) : viewed;
  const listed = roomChanged(marked, { ...page.room, unread });
  return settled(seen(arrived(listed, page.messages), name), name);
}

function loadedNewer(state: State, name: string, page: { messages: readonly Message[]; more: boolean }): State {
  const before = lastId(viewOf(state, name).timeline);
  const viewed = inRoom(state, name, (view) => withMorePage(view, withNewer(view.timeline, page)));
  const others = page.messages.filter((message) => message.id > before && message.user.id !== state.me?.id);
  const firstNew = isWatching(state, name) ? 0 : (others[0]?.id ?? 0);
  const marked = inRoom(viewed, name, (view) =>
    view.firstUnreadId === 0 && firstNew > 0 ? { ...view, firstUnreadId: firstNew } : view,
  );
  return settled(seen(arrived(marked, page.messages), name), name);
}

/** What was sent and is older than the end of the window will not come as a message any more. */
function settled(state: State, room: string): State {
  const view = viewOf(state, room);
  const end = view.loaded ? lastId(view.timeline) : 0;
  const outbox = state.outbox.filter(
    (item) => item.room !== room || item.delivery.kind !== "sent" || item.delivery.id > end,
  );
  return outbox.length === state.outbox.length ? state : { ...state, outbox };
}

function messageCame(state: State, message: Message): State {
  const room = message.room;
  const mine = message.user.id === state.me?.id;
  const known = message.id <= viewOf(state, room).timeline.newestId;
  const viewed = inRoom(state, room, (view) => withMessage(view, message, mine, isReading(state, room)));
  const counted = inRoomList(viewed, room, (listed) => ({
    ...listed,
    lastId: Math.max(listed.lastId, message.id),
    unread: mine || known ? listed.unread : listed.unread + 1,
  }));
  return seen(mine ? arrived(counted, [message]) : counted, room);
}

/** The server has these messages. One that the window does not reach to stays in the outbox until it does. */
function arrived(state: State, messages: readonly Message[]): State {
  const own = messages.filter((message) => message.user.id === state.me?.id);
  const shown = own.filter((message) => contains(viewOf(state, message.room).timeline, message.id));
  const outbox = withoutArrived(withSent(state.outbox, own), shown);
  return outbox === state.outbox ? state : { ...state, outbox };
}

/** What is looked at is read. */
function seen(state: State, room: string): State {
  if (!isReading(state, room)) {
    return state;
  }
  const viewed = inRoom(state, room, (view) => (view.newBelow === 0 ? view : { ...view, newBelow: 0 }));
  const unread = roomOf(viewed, room)?.unread ?? 0;
  return unread === 0 ? viewed : inRoomList(viewed, room, (listed) => ({ ...listed, unread: 0 }));
}

function scrolled(state: State, room: string, atEnd: boolean): State {
  return seen(
    inRoom(state, room, (view) => (view.atEnd === atEnd ? view : { ...view, atEnd })),
    room,
  );
}

function presenceChanged(state: State, kind: "joined" | "left", presence: Presence): State {
  if (presence.user.id === state.me?.id) {
    return state;
  }
  return inRoom(state, presence.room, (view) => withNotice(withJoined(view, kind, presence.user), kind, presence));
}

function withoutStaleTyping(state: State, now: number): State {
  const stale = Object.values(state.views).some((view) => view.typing.some((typist) => typist.until <= now));
  if (!stale) {
    return state;
  }
  return inAllRooms(state, (view) => ({ ...view, typing: view.typing.filter((typist) => typist.until > now) }));
}

function posted(state: State, outgoing: Outgoing): State {
  const next = { ...state, outbox: [...without(state.outbox, outgoing.key), outgoing] };
  return inRoom(next, outgoing.room, (view) => ({ ...view, firstUnreadId: 0, newBelow: 0, atEnd: true }));
}

function delivered(state: State, key: string, delivery: Delivery): State {
  const item = state.outbox.find((candidate) => candidate.key === key);
  if (item === undefined) {
    return state;
  }
  return settled({ ...state, outbox: withDelivery(state.outbox, key, delivery) }, item.room);
}
