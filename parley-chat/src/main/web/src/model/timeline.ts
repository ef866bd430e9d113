import type { Message, Page } from "./types.ts";

/** More than this many messages of a room are not kept: what is out of sight is loaded again on the way back. */
export const KEPT_MESSAGES = 500;

/**
 * A window on the messages of a room, ascending by id, each id once and without a gap. What lies outside of the window
 * is known only by `hasOlder` and `hasNewer`.
 */
export interface Timeline {
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  /** Live messages are not added while this is true: the ones before them must be fetched first. */
  readonly hasNewer: boolean;
  /** The highest id that the server told of, inside the window or not. */
  readonly newestId: number;
}

export const EMPTY_TIMELINE: Timeline = { messages: [], hasOlder: false, hasNewer: false, newestId: 0 };

export function lastId(timeline: Timeline): number {
  return timeline.messages.at(-1)?.id ?? 0;
}

export function firstId(timeline: Timeline): number {
  return timeline.messages[0]?.id ?? 0;
}

export function contains(timeline: Timeline, id: number): boolean {
  return timeline.messages.some((message) => message.id === id);
}

/** The window starts anew with the latest page. */
export function withLatest(timeline: Timeline, page: Page): Timeline {
  const messages = merged([], page.messages);
  const end = messages.at(-1)?.id ?? 0;
  return {
    messages: messages.slice(-KEPT_MESSAGES),
    hasOlder: page.more || messages.length > KEPT_MESSAGES,
    hasNewer: end < timeline.newestId,
    newestId: Math.max(end, timeline.newestId),
  };
}

/** A message that was just posted: added, unless the window does not reach to the end of the room. */
export function withLive(timeline: Timeline, message: Message): Timeline {
  const newestId = Math.max(timeline.newestId, message.id);
  if (timeline.hasNewer) {
    return { ...timeline, newestId };
  }
  return keepNewest({ ...timeline, newestId, messages: merged(timeline.messages, [message]) });
}

export function withOlder(timeline: Timeline, page: Page): Timeline {
  return keepOldest({ ...timeline, hasOlder: page.more, messages: merged(timeline.messages, page.messages) });
}

export function withNewer(timeline: Timeline, page: Page): Timeline {
  const messages = merged(timeline.messages, page.messages);
  const end = messages.at(-1)?.id ?? 0;
  // An empty page is the server's word that nothing follows, whatever was heard before.
  const newestId = page.messages.length === 0 && !page.more ? end : Math.max(timeline.newestId, end);
  return keepNewest({ ...timeline, messages, newestId, hasNewer: page.more || end < newestId });
}

/** After a lost connection nobody knows what was missed. */
export function withGap(timeline: Timeline): Timeline {
  return { ...timeline, hasNewer: true };
}

function keepNewest(timeline: Timeline): Timeline {
  if (timeline.messages.length <= KEPT_MESSAGES) {
    return timeline;
  }
  return { ...timeline, messages: timeline.messages.slice(-KEPT_MESSAGES), hasOlder: true };
}

function keepOldest(timeline: Timeline): Timeline {
  if (timeline.messages.length <= KEPT_MESSAGES) {
    return timeline;
  }
  return { ...timeline, messages: timeline.messages.slice(0, KEPT_MESSAGES), hasNewer: true };
}

function merged(known: readonly Message[], added: readonly Message[]): readonly Message[] {
  const end = known.at(-1)?.id ?? 0;
  const fresh = added.filter((message) => !known.some((other) => other.id === message.id));
  if (fresh.length === 0) {
    return known;
  }
  const all = [...known, ...distinct(fresh)];
  const inOrder = fresh.every((message, index) => message.id > (fresh[index - 1]?.id ?? end));
  return inOrder ? all : all.sort((left, right) => left.id - right.id);
}

function distinct(messages: readonly Message[]): Message[] {
  return [...new Map(messages.map((message) => [message.id, message])).values()];
}
