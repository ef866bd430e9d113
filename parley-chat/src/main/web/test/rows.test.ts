import assert from "node:assert/strict";
import { test } from "node:test";
import { PENDING } from "../src/model/outbox.ts";
import { rowsOf, type Row } from "../src/model/rows.ts";
import { viewOf } from "../src/model/state.ts";
import { ADA, BOB, CHATTING, ME, after, message } from "./samples.ts";

const VIEW = viewOf(CHATTING, "lobby");

function words(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => {
    switch (row.kind) {
      case "message":
        return `${row.head ? "head " : ""}${row.user.name} ${row.id || row.text}${row.tail ? " tail" : ""}`;
      case "notice":
        return `${row.users.map((user) => user.name).join("+")} ${row.what}`;
      default:
        return row.kind;
    }
  });
}

test("given messages of one author, when shown, then they stand together", () => {
  assert.deepEqual(words(rowsOf(VIEW, [], ME)), ["day", "head Ada 1", "Ada 2", "Ada 3 tail"]);
});

test("given another author, a long pause or the line, when shown, then a new group begins", () => {
  const view = {
    ...VIEW,
    firstUnreadId: 3,
    timeline: {
      ...VIEW.timeline,
      messages: [message(1), message(2, { user: BOB }), message(3), message(4, { at: message(3).at + 5 * 60_000 })],
    },
  };

  assert.deepEqual(words(rowsOf(view, [], ME)), [
    "day", "head Ada 1 tail", "head Bob 2 tail", "new", "head Ada 3 tail", "head Ada 4 tail",
  ]);
});

test("given two days, when shown, then a line stands between them", () => {
  const next = message(2, { at: message(1).at + 24 * 60 * 60_000 });
  const view = { ...VIEW, timeline: { ...VIEW.timeline, messages: [message(1), next] } };

  assert.deepEqual(words(rowsOf(view, [], ME)), ["day", "head Ada 1 tail", "day", "head Ada 2 tail"]);
});

test("given people who come one after the other, when shown, then one line tells of them", () => {
  const state = after(
    CHATTING,
    { type: "joined", presence: { room: "lobby", user: ADA, at: 1 } },
    { type: "joined", presence: { room: "lobby", user: BOB, at: 2 } },
    { type: "left", presence: { room: "lobby", user: BOB, at: 3 } },
    { type: "message", message: message(4) },
  );

  assert.deepEqual(words(rowsOf(viewOf(state, "lobby"), [], ME)).slice(3), [
    "Ada 3 tail", "Ada+Bob joined", "Bob left", "head Ada 4 tail",
  ]);
});

test("given a message that is being sent, when it comes back, then its row keeps its key", () => {
  const outgoing = { room: "lobby", key: "mine", text: "hello", at: message(3).at, delivery: PENDING };
  const before = rowsOf(VIEW, [outgoing], ME).at(-1);
  const state = after(CHATTING, { type: "message", message: message(4, { key: "mine", user: ME }) });

  const row = rowsOf(viewOf(state, "lobby"), [], ME).at(-1);

  assert.equal(words([before!])[0], "head Me hello tail");
  assert.equal(row?.key, before?.key);
});
