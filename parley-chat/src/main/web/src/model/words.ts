import type { User } from "./types.ts";

/** "Ada", "Ada and Bob", "Ada, Bob and 3 others". */
export function names(users: readonly User[], shown = 3): string {
  const all = users.map((user) => user.name);
  if (all.length <= 1) {
    return all.join("");
  }
  const kept = all.length <= shown ? all.slice(0, -1) : all.slice(0, shown - 1);
  const rest = all.length - kept.length;
  return `${kept.join(", ")} and ${rest === 1 ? all.at(-1) : `${rest} others`}`;
}

export function typingWords(users: readonly User[]): string {
  if (users.length === 0) {
    return "";
  }
  if (users.length > 3) {
    return "Several people are typing";
  }
  return `${names(users)} ${users.length === 1 ? "is" : "are"} typing`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Up to two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== "");
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  return letters.join("").toLocaleUpperCase();
}

/** Always the same one of so many colours for the same person. */
export function hueOf(id: string, hues: number): number {
  let hash = 0;
  for (const character of id) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % hues;
}
