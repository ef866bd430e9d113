// The list of what happened, newest at the end, with times to the millisecond.

const MAX_ENTRIES = 500;

const list = document.getElementById("log");

/** Adds an entry. The kind is open, sent, message, error, close or note. */
export function log(kind, text) {
  const follows = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
  const entry = document.createElement("p");
  entry.className = kind;
  entry.append(time(new Date()), part("b", kind), part("span", text));
  list.append(entry);
  while (list.childElementCount > MAX_ENTRIES) {
    list.firstElementChild.remove();
  }
  if (follows) {
    list.scrollTop = list.scrollHeight;
  }
}

function time(now) {
  const element = part("time", `${now.toTimeString().slice(0, 8)}.${String(now.getMilliseconds()).padStart(3, "0")}`);
  element.dateTime = now.toISOString();
  return element;
}

function part(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

document.getElementById("clear").addEventListener("click", () => list.replaceChildren());
