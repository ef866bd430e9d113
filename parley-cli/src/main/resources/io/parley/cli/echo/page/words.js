// How numbers and messages are shown.

const SHOWN_CHARACTERS = 200;

/** The length of a text in UTF-8. */
export function utf8Length(text) {
  return new TextEncoder().encode(text).length;
}

/** The length of anything that can be sent. */
export function lengthOf(data) {
  return typeof data === "string" ? utf8Length(data) : (data.size ?? data.byteLength);
}

/** A number with its unit: "1 byte", "12,345 bytes". */
export function bytes(count) {
  return `${count.toLocaleString("en")} ${count === 1 ? "byte" : "bytes"}`;
}

/** A time in ms with as many digits as tell something. */
export function millis(time) {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}

/** A message in a few words: "text, 5 bytes: hello". */
export function describe(data) {
  if (typeof data === "string") {
    return `text, ${bytes(utf8Length(data))}: ${shorten(data)}`;
  }
  return `${data.constructor.name}, ${bytes(lengthOf(data))}`;
}

function shorten(text) {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
