import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../src/wire/backoff.ts";

test("given a connection that fails, when tried again, then the pauses double up to a limit", () => {
  const backoff = new Backoff(() => 0.5);

  const pauses = Array.from({ length: 8 }, () => backoff.next());
  backoff.reset();

  assert.deepEqual(pauses, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  assert.equal(backoff.next(), 500);
});

test("given many pages, when they try again, then not all at the same moment", () => {
  assert.equal(new Backoff(() => 0).next(), 375);
  assert.equal(new Backoff(() => 1).next(), 625);
});
