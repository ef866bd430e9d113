import type { Message } from "./types.ts";

/** Above this many unsent messages the composer asks to wait for the connection. */
export const MAX_UNSENT = 50;

export type Delivery =
  /** Waiting for the server's answer, or for a connection. */
  | { readonly kind: "pending" }
  /** The server has it; it becomes part of the timeline when it comes back as a message of the room. */
  | { readonly kind: "sent"; readonly id: number }
  | { readonly kind: "failed"; readonly reason: string };

/** A message of one's own that is not in the timeline yet. */
export interface Outgoing {
  readonly room: string;
  readonly key: string;
  readonly text: string;
  readonly at: number;
  readonly delivery: Delivery;
}

export const PENDING: Delivery = { kind: "pending" };

export function withDelivery(outbox: readonly Outgoing[], key: string, delivery: Delivery): readonly Outgoing[] {
  return outbox.map((item) => (item.key === key ? { ...item, delivery } : item));
}

export function without(outbox: readonly Outgoing[], key: string): readonly Outgoing[] {
  return outbox.some((item) => item.key === key) ? outbox.filter((item) => item.key !== key) : outbox;
}

/** Notes what the server has. */
export function withSent(outbox: readonly Outgoing[], arrived: readonly Message[]): readonly Outgoing[] {
  const ids = new Map(arrived.map((message) => [message.key, message.id]));
  if (!outbox.some((item) => ids.has(item.key))) {
    return outbox;
  }
  return outbox.map((item) => {
    const id = ids.get(item.key);
    return id === undefined ? item : { ...item, delivery: { kind: "sent", id } };
  });
}

/** Takes out what has arrived in the room. */
export function withoutArrived(outbox: readonly Outgoing[], arrived: readonly Message[]): readonly Outgoing[] {
  if (outbox.length === 0) {
    return outbox;
  }
  const keys = new Set(arrived.map((message) => message.key));
  const left = outbox.filter((item) => !keys.has(item.key));
  return left.length === outbox.length ? outbox : left;
}

export function pending(outbox: readonly Outgoing[]): readonly Outgoing[] {
  return outbox.filter((item) => item.delivery.kind === "pending");
}
