import type { Delivery, Outgoing } from "./outbox.ts";
import type { Notice, RoomView } from "./state.ts";
import type { Message, User } from "./types.ts";
import { startOfDay } from "../text/time.ts";

/** Messages of one author within this time stand together under one name. */
const GROUPED_WITHIN_MS = 5 * 60_000;

/** What the list of messages shows, from top to bottom. */
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "notice"; readonly key: string; readonly what: "joined" | "left"; readonly users: readonly User[] }
  | MessageRow;

export interface MessageRow {
  readonly kind: "message";
  readonly key: string;
  /** 0 while the server has not told its id. */
  readonly id: number;
  readonly user: User;
  readonly text: string;
  readonly at: number;
  readonly mine: boolean;
  /** The first and the last of a group of messages by the same author. */
  readonly head: boolean;
  readonly tail: boolean;
  readonly delivery: Delivery | undefined;
  /** The sender's key. */
  readonly sentKey: string;
}

type Draft = Omit<MessageRow, "head" | "tail">;

export function rowsOf(view: RoomView, outbox: readonly Outgoing[], me: User): readonly Row[] {
  const builder = new RowBuilder(view.firstUnreadId);
  builder.notices(view.notices.filter((notice) => notice.after === 0));
  for (const message of view.timeline.messages) {
    builder.message(fromMessage(message, me));
    builder.notices(view.notices.filter((notice) => notice.after === message.id));
  }
  const elsewhere = view.timeline.hasNewer && !view.atEnd;
  for (const outgoing of elsewhere ? [] : outbox) {
    builder.message(fromOutgoing(outgoing, me));
  }
  return builder.rows;
}

function fromMessage(message: Message, me: User): Draft {
  const mine = message.user.id === me.id;
  return {
    kind: "message",
    key: mine && message.key !== "" ? `own ${message.key}` : `message ${message.id}`,
    id: message.id,
    user: message.user,
    text: message.text,
    at: message.at,
    mine,
    delivery: mine ? { kind: "sent", id: message.id } : undefined,
    sentKey: message.key,
  };
}

function fromOutgoing(outgoing: Outgoing, me: User): Draft {
  return {
    kind: "message",
    key: `own ${outgoing.key}`,
    id: 0,
    user: me,
    text: outgoing.text,
    at: outgoing.at,
    mine: true,
    delivery: outgoing.delivery,
    sentKey: outgoing.key,
  };
}

class RowBuilder {
  readonly rows: Row[] = [];
  readonly #firstUnreadId: number;
  #day = 0;

  constructor(firstUnreadId: number) {
    this.#firstUnreadId = firstUnreadId;
  }

  message(draft: Draft): void {
    this.#dayOf(draft.at);
    if (draft.id === this.#firstUnreadId && draft.id !== 0) {
      this.rows.push({ kind: "new", key: "new" });
    }
    const before = this.rows.at(-1);
    const together = before?.kind === "message" && isGroup(before, draft);
    if (together) {
      this.rows[this.rows.length - 1] = { ...before, tail: false };
    }
    this.rows.push({ ...draft, head: !together, tail: true });
  }

  notices(notices: readonly Notice[]): void {
    notices.forEach((notice) => this.#notice(notice));
  }

  #notice(notice: Notice): void {
    const before = this.rows.at(-1);
    if (before?.kind === "notice" && before.what === notice.kind) {
      const others = before.users.filter((user) => user.id !== notice.user.id);
      this.rows[this.rows.length - 1] = { ...before, users: [...others, notice.user] };
      return;
    }
    const key = `${notice.kind} ${notice.user.id} ${notice.at}`;
    this.rows.push({ kind: "notice", key, what: notice.kind, users: [notice.user] });
  }

  #dayOf(at: number): void {
    const day = startOfDay(at);
    if (day !== this.#day) {
      this.#day = day;
      this.rows.push({ kind: "day", key: `day ${day}`, at });
    }
  }
}

function isGroup(before: MessageRow, next: Draft): boolean {
  return before.user.id === next.user.id && Math.abs(next.at - before.at) < GROUPED_WITHIN_MS;
}
