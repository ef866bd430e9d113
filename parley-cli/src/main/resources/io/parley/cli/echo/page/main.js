// Connects the page's fields and buttons with the socket, and shows its state while it changes.

import { close, connect, facts, send, setBinaryType } from "./connection.js";
import { log } from "./log.js";
import { utf8Length } from "./words.js";
import "./file.js";
import "./picture.js";

const MAX_REASON = 123; // bytes, RFC 6455 section 5.5

const field = (id) => document.getElementById(id);
const here = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;

field("url").value = `${here}/`;
for (const path of ["/", "/any/path?and=query", "/?close=4001&reason=told to"]) {
  field("paths").append(new Option("", encodeURI(here + path)));
}

field("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  connect(field("url").value, protocols(), binaryType());
});

function protocols() {
  return field("protocols").value.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

function binaryType() {
  return document.querySelector("[name=binary]:checked").value;
}

for (const radio of document.querySelectorAll("[name=binary]")) {
  radio.addEventListener("change", () => setBinaryType(radio.value));
}

field("send-text").addEventListener("submit", (event) => {
  event.preventDefault();
  send(field("text").value);
});

field("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    field("send-text").requestSubmit();
  }
});

field("close").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = field("code").value.trim();
  close(...(code === "" ? [] : [Number(code), field("reason").value]));
});

field("reason").addEventListener("input", () => {
  const length = utf8Length(field("reason").value);
  field("reason-length").textContent = `${length} of ${MAX_REASON} bytes`;
  field("reason-length").className = length > MAX_REASON ? "wrong" : "";
});

document.addEventListener("securitypolicyviolation", (event) => {
  if (event.effectiveDirective === "connect-src") {
    log("note", "This page may connect to its own server only; for others there is: parley connect URL");
  }
});

const WORDS = {
  none: "not connected",
  connecting: "connecting …",
  open: "open",
  closing: "closing …",
  closed: "closed",
};

function show() {
  const now = facts();
  setText(field("state"), WORDS[now.state]);
  field("state").dataset.state = now.state;
  setText(field("ready-state"), now.readyState);
  for (const name of ["protocol", "extensions", "sent", "received", "buffered"]) {
    setText(field(name), now[name]);
  }
  requestAnimationFrame(show);
}

/** Touches the page only when something changed, so that screen readers are told once. */
function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

show();
