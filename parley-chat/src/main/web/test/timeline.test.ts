import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_TIMELINE, KEPT_MESSAGES, lastId, withGap, withLatest, withLive, withNewer, withOlder } from "../src/model/timeline.ts";
import { ids, message, messages } from "./samples.ts";

test("given a page, when it is loaded, then the window is in order and each message once", () => {
  const page = { messages: [message(2), message(1), message(2)], more: true };

  const timeline = withLatest(EMPTY_TIMELINE, page);

  assert.deepEqual(ids(timeline), [1, 2]);
  assert.equal(timeline.hasOlder, true);
  assert.equal(timeline.hasNewer, false);
});

test("given a window, when a message comes twice, then it is there once", () => {
  const timeline = withLatest(EMPTY_TIMELINE, { messages: messages(1, 3), more: false });

  const twice = withLive(withLive(timeline, message(4)), message(4));

  assert.deepEqual(ids(twice), [1, 2, 3, 4]);
});

test("given a lost connection, when live messages come before the gap is filled, then they wait for the gap", () => {
  const before = withGap(withLatest(EMPTY_TIMELINE, { messages: messages(1, 3), more: false }));

  const live = withLive(before, message(7));
  const filling = withNewer(live, { messages: messages(4, 5), more: true });
  const short = withNewer(live, { messages: messages(4, 6), more: false });
  const filled = withNewer(filling, { messages: messages(6, 7), more: false });

  assert.deepEqual(ids(live), [1, 2, 3]);
  assert.equal(filling.hasNewer, true);
  assert.equal(short.hasNewer, true, "7 was heard of and is still missing");
  assert.deepEqual(ids(filled), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(filled.hasNewer, false);
});

test("given a message that was heard of, when the server has nothing more, then the window ends", () => {
  const before = withLive(withGap(withLatest(EMPTY_TIMELINE, { messages: messages(1, 3), more: false })), message(9));

  const timeline = withNewer(before, { messages: [], more: false });

  assert.equal(timeline.hasNewer, false);
  assert.equal(timeline.newestId, 3);
});

test("given a full window, when older pages are loaded, then the newest messages go and are known to be there", () => {
  const full = withLatest(EMPTY_TIMELINE, { messages: messages(101, 100 + KEPT_MESSAGES), more: true });

  const timeline = withOlder(full, { messages: messages(51, 100), more: true });

  assert.equal(timeline.messages.length, KEPT_MESSAGES);
  assert.equal(timeline.messages[0]?.id, 51);
  assert.equal(timeline.hasNewer, true);
});

test("given a full window, when newer messages come, then the oldest go and are known to be there", () => {
  const full = withLatest(EMPTY_TIMELINE, { messages: messages(1, KEPT_MESSAGES), more: false });

  const timeline = withLive(full, message(KEPT_MESSAGES + 1));

  assert.equal(timeline.messages.length, KEPT_MESSAGES);
  assert.equal(lastId(timeline), KEPT_MESSAGES + 1);
  assert.equal(timeline.hasOlder, true);
});
