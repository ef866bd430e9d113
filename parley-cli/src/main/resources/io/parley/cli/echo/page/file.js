// Sends a file, or random bytes, as one binary message; shows how far it is and whether it came back as it was.

import { bufferedAmount, send } from "./connection.js";
import { bytes } from "./words.js";

const MAX_RANDOM = 65_536; // what getRandomValues() gives at once

const form = document.getElementById("send-file");
const chooser = document.getElementById("file");
const progress = document.getElementById("progress");
const outcome = document.getElementById("file-outcome");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (chooser.files.length === 0) {
    say("Choose a file first.", "wrong");
    chooser.focus();
    return;
  }
  upload(chooser.files[0], chooser.files[0].name);
});

for (const button of form.querySelectorAll("[data-size]")) {
  button.addEventListener("click", () => upload(random(Number(button.dataset.size)), `${button.textContent} of random`));
}

function upload(blob, name) {
  const started = performance.now();
  const taken = send(blob, {
    onEcho: (echo) => compare(blob, echo, name, performance.now() - started),
    onLost: () => say(`${name}: the connection ended before it came back.`, "wrong"),
  });
  if (taken) {
    say(`${name}: on its way …`);
    follow(Math.max(blob.size, 1));
  }
}

/** What waits is what was not sent yet; other messages may wait too, so it is never more than an estimate. */
function follow(size) {
  const waiting = Math.min(bufferedAmount(), size);
  progress.max = size;
  progress.value = size - waiting;
  if (waiting > 0) {
    requestAnimationFrame(() => follow(size));
  }
}

async function compare(blob, echo, name, millis) {
  const there = new Uint8Array(await blob.arrayBuffer());
  const back = new Uint8Array(echo instanceof Blob ? await echo.arrayBuffer() : echo);
  if (there.length === back.length && there.every((byte, index) => byte === back[index])) {
    const rate = (2 * there.length) / 1000 / Math.max(millis, 0.1);
    say(`${name}: ${bytes(back.length)} came back the same in ${Math.round(millis)} ms, ${rate.toFixed(1)} MB/s.`, "good");
  } else {
    say(`${name}: ${bytes(there.length)} went, ${bytes(back.length)} came back, and they differ.`, "wrong");
  }
}

function random(size) {
  const array = new Uint8Array(size);
  for (let from = 0; from < size; from += MAX_RANDOM) {
    crypto.getRandomValues(array.subarray(from, Math.min(from + MAX_RANDOM, size)));
  }
  return new Blob([array]);
}

function say(text, kind = "") {
  outcome.textContent = text;
  outcome.className = `hint ${kind}`;
}
