import type { Notice, RoomView } from "./state.ts";
import { KEPT_MESSAGES, firstId, lastId, withLatest, withLive, type Timeline } from "./timeline.ts";
import type { Joined, Message, Presence, User } from "./types.ts";

/** Older notices of a room are forgotten. */
const KEPT_NOTICES = 50;

/** So many people who type are told apart; "several people" stands for more. */
const KEPT_TYPISTS = 20;

export function withLatestPage(view: RoomView, page: Joined): RoomView {
  return {
    ...view,
    timeline: withLatest(view.timeline, page),
    loaded: true,
    loading: "nothing",
    online: page.online,
    newBelow: 0,
  };
}

export function withMorePage(view: RoomView, timeline: Timeline): RoomView {
  const first = firstId(timeline);
  return { ...view, timeline, loading: "nothing", notices: view.notices.filter((notice) => notice.after >= first) };
}

export function withMessage(view: RoomView, message: Message, mine: boolean, reading: boolean): RoomView {
  if (message.id <= view.timeline.newestId) {
    return view.timeline.messages.some((known) => known.id === message.id)
      ? view
      : { ...view, timeline: withLive(view.timeline, message) };
  }
  const unseen = !mine && !reading;
  return {
    ...view,
    timeline: withLiveBelow(view, message),
    typing: view.typing.filter((typist) => typist.user.id !== message.user.id),
    firstUnreadId: unseen && view.firstUnreadId === 0 && view.loaded ? message.id : view.firstUnreadId,
    newBelow: unseen ? view.newBelow + 1 : view.newBelow,
  };
}

/** Who reads far above keeps what is on the screen: the window does not move on under their eyes. */
function withLiveBelow(view: RoomView, message: Message): Timeline {
  const stays = !view.atEnd && view.timeline.messages.length >= KEPT_MESSAGES;
  if (stays || !view.loaded) {
    return { ...view.timeline, newestId: message.id, hasNewer: true };
  }
  return withLive(view.timeline, message);
}

export function withJoined(view: RoomView, kind: "joined" | "left", user: User): RoomView {
  const others = view.online.filter((other) => other.id !== user.id);
  return {
    ...view,
    online: kind === "joined" ? [...others, user] : others,
    typing: view.typing.filter((typist) => typist.user.id !== user.id),
  };
}

export function withNotice(view: RoomView, kind: "joined" | "left", presence: Presence): RoomView {
  if (!view.loaded || view.timeline.hasNewer) {
    return view;
  }
  const notice: Notice = { kind, user: presence.user, at: presence.at, after: lastId(view.timeline) };
  return { ...view, notices: [...view.notices, notice].slice(-KEPT_NOTICES) };
}

export function withTyping(view: RoomView, typing: { readonly user: User; readonly until: number }): RoomView {
  const others = view.typing.filter((typist) => typist.user.id !== typing.user.id);
  if (typing.until === 0) {
    return others.length === view.typing.length ? view : { ...view, typing: others };
  }
  return { ...view, typing: [...others, { user: typing.user, until: typing.until }].slice(-KEPT_TYPISTS) };
}
