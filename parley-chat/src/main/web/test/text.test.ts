import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, initials, names, typingWords } from "../src/model/words.ts";
import { lengthOf } from "../src/text/length.ts";
import { pieces } from "../src/text/links.ts";
import { dayName } from "../src/text/time.ts";
import { ADA, BOB, ME } from "./samples.ts";

function links(text: string): readonly string[] {
  return pieces(text).flatMap((piece) => piece.href ?? []);
}

test("given an address in a sentence, when cut, then its end is not part of it", () => {
  assert.deepEqual(links("See https://a.example/b."), ["https://a.example/b"]);
  assert.deepEqual(links("(https://a.example/b_(c))"), ["https://a.example/b_(c)"]);
  assert.deepEqual(links("https://a.example, http://b.example!"), ["https://a.example/", "http://b.example/"]);
  assert.deepEqual(links("HTTPS://A.example/?q=1&r=2#x"), ["https://a.example/?q=1&r=2#x"]);
});

test("given something else, when cut, then it is text", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://",
    "https://bank.example@evil.example/",
    "xhttps://a.example",
    "<img src=x onerror=alert(1)>",
  ]) {
    assert.deepEqual(pieces(text), [{ text }]);
  }
});

test("given any text, when cut, then the pieces together are the text", () => {
  for (const text of ["", "plain", " https://a.example ", "a\nhttps://a.example\"><b>\n", "https://a.example))))"]) {
    assert.equal(pieces(text).map((piece) => piece.text).join(""), text);
  }
});

test("given an address in quotes or a tag, when cut, then it cannot break out", () => {
  assert.deepEqual(links('<a href="https://a.example/"onclick="x">'), ["https://a.example/"]);
});

test("given people, when named, then as in a sentence", () => {
  assert.equal(names([ADA]), "Ada");
  assert.equal(names([ADA, BOB]), "Ada and Bob");
  assert.equal(names([ADA, BOB, ME]), "Ada, Bob and Me");
  assert.equal(names([ADA, BOB, ME, ME]), "Ada, Bob and 2 others");
  assert.equal(typingWords([]), "");
  assert.equal(typingWords([ADA]), "Ada is typing");
  assert.equal(typingWords([ADA, BOB]), "Ada and Bob are typing");
  assert.equal(typingWords([ADA, BOB, ME, ME]), "Several people are typing");
});

test("given a name, when it has no picture, then its letters and colour stand for it", () => {
  assert.equal(initials("Ada Lovelace King"), "AL");
  assert.equal(initials("guest-7f3a"), "G7");
  assert.equal(initials("\u{1F98A} fox"), "\u{1F98A}F");
  assert.equal(hueOf("ada", 8), hueOf("ada", 8));
});

test("given an emoji, when counted, then as one", () => {
  assert.equal(lengthOf("a\u{1F98A}"), 2);
});

test("given a time, when its day is named, then as people say it", () => {
  const now = new Date(2026, 4, 3, 9, 0).getTime();

  assert.equal(dayName(new Date(2026, 4, 3, 0, 0).getTime(), now), "Today");
  assert.equal(dayName(new Date(2026, 4, 2, 23, 59).getTime(), now), "Yesterday");
  assert.match(dayName(new Date(2026, 4, 1).getTime(), now), /1/);
  assert.match(dayName(new Date(2024, 4, 1).getTime(), now), /2024/);
});
