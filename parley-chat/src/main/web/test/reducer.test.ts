import assert from "node:assert/strict";
import { test } from "node:test";
import { PENDING } from "../src/model/outbox.ts";
import { roomOf, totalUnread, viewOf } from "../src/model/state.ts";
import { ADA, BOB, CHATTING, LOST, ME, after, ids, loaded, message, messages, room, welcome } from "./samples.ts";

test("given the welcome, when the rooms come, then the lobby is first and open", () => {
  assert.deepEqual(
    CHATTING.rooms.map((each) => each.name),
    ["lobby", "garden"],
  );
  assert.equal(CHATTING.phase, "chatting");
  assert.equal(CHATTING.active, "lobby");
});

test("given a room that is looked at, when a message comes, then it is read", () => {
  const state = after(CHATTING, { type: "message", message: message(4) });

  assert.equal(totalUnread(state), 0);
  assert.deepEqual(ids(viewOf(state, "lobby").timeline), [1, 2, 3, 4]);
});

test("given another room, when messages come, then each counts once until the room is opened", () => {
  const twice = { type: "message", message: message(1, { room: "garden" }) } as const;
  const own = { type: "message", message: message(2, { room: "garden", user: ME }) } as const;

  const state = after(CHATTING, twice, twice, own);
  const opened = after(state, { type: "opened", room: "garden" }, loaded("garden", 2, { unread: 1 }));

  assert.equal(roomOf(state, "garden")?.unread, 1);
  assert.equal(viewOf(opened, "garden").firstUnreadId, 2);
  assert.equal(after(opened, { type: "scrolled", room: "garden", atEnd: true }).rooms[1]?.unread, 0);
});

test("given a page without attention, when messages come, then the first gets the line and all are counted", () => {
  const state = after(
    CHATTING,
    { type: "attention", attentive: false },
    { type: "message", message: message(4) },
    { type: "message", message: message(5) },
  );

  assert.equal(totalUnread(state), 2);
  assert.equal(viewOf(state, "lobby").firstUnreadId, 4);
  assert.equal(totalUnread(after(state, { type: "attention", attentive: true })), 0);
});

test("given a message that is being sent, when it comes back, then it is there once", () => {
  const outgoing = { room: "lobby", key: "mine", text: "hello", at: 1, delivery: PENDING };
  const echo = message(4, { key: "mine", user: ME });

  const posted = after(CHATTING, { type: "posted", outgoing });
  const answered = after(posted, { type: "delivery", key: "mine", delivery: { kind: "sent", id: 4 } });
  const echoed = after(answered, { type: "message", message: echo });
  const echoedFirst = after(posted, { type: "message", message: echo });

  assert.equal(answered.outbox.length, 1);
  assert.equal(echoed.outbox.length, 0);
  assert.deepEqual(ids(viewOf(echoed, "lobby").timeline), [1, 2, 3, 4]);
  assert.deepEqual(echoedFirst.outbox, []);
});

test("given a gap after a lost connection, when an own message comes, then it stays until the gap is filled", () => {
  const outgoing = { room: "lobby", key: "mine", text: "hello", at: 1, delivery: PENDING };
  const echo = message(6, { key: "mine", user: ME });

  const back = after(CHATTING, { type: "posted", outgoing }, LOST, welcome(room("lobby", { lastId: 5 })));
  const echoed = after(back, { type: "message", message: echo });
  const page = { messages: [message(4), message(5), echo], more: false };
  const filled = after(echoed, { type: "loaded newer", room: "lobby", page });

  assert.deepEqual(ids(viewOf(echoed, "lobby").timeline), [1, 2, 3]);
  assert.deepEqual(echoed.outbox, [{ ...outgoing, delivery: { kind: "sent", id: 6 } }]);
  assert.deepEqual(ids(viewOf(filled, "lobby").timeline), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(filled.outbox, []);
});

test("given somebody else with the same key, when their message comes, then mine is still being sent", () => {
  const outgoing = { room: "lobby", key: "same", text: "hello", at: 1, delivery: PENDING };

  const state = after(CHATTING, { type: "posted", outgoing }, { type: "message", message: message(4, { key: "same" }) });

  assert.equal(state.outbox.length, 1);
});

test("given a message posted before the page was loaded, when the server says so, then it does not wait for its echo", () => {
  const outgoing = { room: "lobby", key: "old", text: "hello", at: 1, delivery: PENDING };

  const state = after(
    CHATTING,
    { type: "restored", outbox: [outgoing] },
    { type: "delivery", key: "old", delivery: { kind: "sent", id: 2 } },
  );

  assert.deepEqual(state.outbox, []);
});

test("given a lost connection, when it is back, then what was missed follows what was seen", () => {
  const state = after(
    CHATTING,
    LOST,
    welcome(room("lobby", { lastId: 6, unread: 3 }), room("garden")),
    { type: "message", message: message(7) },
    { type: "loaded newer", room: "lobby", page: { messages: messages(4, 7), more: false } },
  );

  assert.deepEqual(ids(viewOf(state, "lobby").timeline), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(totalUnread(state), 0);
});

test("given a server that began anew, when it welcomes, then its old messages are forgotten", () => {
  const state = after(CHATTING, LOST, welcome(room("lobby", { lastId: 1 })));

  assert.deepEqual(ids(viewOf(state, "lobby").timeline), []);
  assert.equal(viewOf(state, "lobby").loaded, false);
});

test("given news of a room without my part, when they come, then my part stays", () => {
  const state = after(
    CHATTING,
    { type: "message", message: message(1, { room: "garden" }) },
    { type: "room", room: { name: "garden", members: 7, lastId: 1 } },
    { type: "room", room: { name: "attic", members: 1, lastId: 0 } },
  );

  assert.deepEqual(roomOf(state, "garden"), room("garden", { members: 7, lastId: 1, unread: 1 }));
  assert.deepEqual(roomOf(state, "attic"), room("attic", { joined: false }));
});

test("given the open room, when I left it in another tab, then the lobby is shown", () => {
  const state = after(
    CHATTING,
    { type: "opened", room: "garden" },
    { type: "room", room: { name: "garden", members: 0, lastId: 0, joined: false, unread: 0 } },
  );

  assert.equal(state.active, "lobby");
  assert.equal(state.views["garden"], undefined);
});

test("given a person, when they join and leave, then the list and the notices follow", () => {
  const presence = { room: "lobby", user: BOB, at: 5 };

  const joined = after(CHATTING, { type: "joined", presence }, { type: "joined", presence: { ...presence, user: ME } });
  const left = after(joined, { type: "left", presence });

  assert.deepEqual(viewOf(joined, "lobby").online, [ME, ADA, BOB]);
  assert.deepEqual(viewOf(joined, "lobby").notices, [{ kind: "joined", user: BOB, at: 5, after: 3 }]);
  assert.deepEqual(viewOf(left, "lobby").online, [ME, ADA]);
});

test("given somebody who types, when they post, stop or fall silent, then they do not type any more", () => {
  const typing = after(CHATTING, { type: "typing", room: "lobby", user: ADA, until: 100 });

  assert.equal(viewOf(typing, "lobby").typing.length, 1);
  assert.equal(viewOf(after(typing, { type: "message", message: message(4) }), "lobby").typing.length, 0);
  assert.equal(viewOf(after(typing, { type: "typing", room: "lobby", user: ADA, until: 0 }), "lobby").typing.length, 0);
  assert.equal(viewOf(after(typing, { type: "typing checked", now: 99 }), "lobby").typing.length, 1);
  assert.equal(viewOf(after(typing, { type: "typing checked", now: 100 }), "lobby").typing.length, 0);
});

test("given a reader far above in a full window, when a message comes, then the window stays", () => {
  const state = after(
    CHATTING,
    { type: "loaded newer", room: "lobby", page: { messages: messages(4, 500), more: false } },
    { type: "scrolled", room: "lobby", atEnd: false },
    { type: "message", message: message(501) },
  );
  const view = viewOf(state, "lobby");

  assert.equal(view.timeline.messages[0]?.id, 1);
  assert.equal(view.timeline.hasNewer, true);
  assert.equal(view.newBelow, 1);
});
