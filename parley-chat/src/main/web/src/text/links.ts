/** A piece of a message: plain text, or an address that may be followed. */
export type Piece = { readonly text: string; readonly href?: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"`]+/giu;
const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Finds the http and https addresses in a text. The pieces together are the text, unchanged. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutSentenceEnd(match[0]);
    const href = safeHref(address);
    if (href !== undefined) {
      found.push({ text: text.slice(end, match.index) }, { text: address, href });
      end = match.index + address.length;
    }
  }
  found.push({ text: text.slice(end) });
  return found.filter((piece) => piece.text !== "");
}

/** "See https://a.example/b." ends with a full stop that is not part of the address; "(https://a.example)" likewise. */
function withoutSentenceEnd(address: string): string {
  let end = address.length;
  while (end > 0 && isSentenceEnd(address.slice(0, end))) {
    end--;
  }
  return address.slice(0, end);
}

function isSentenceEnd(address: string): boolean {
  const last = address.at(-1) ?? "";
  const opening = CLOSING[last];
  if (opening !== undefined) {
    return address.split(last).length > address.split(opening).length;
  }
  return ".,;:!?'*_~\u2026\u201d\u2019\u00bb".includes(last);
}

function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  const web = url.protocol === "http:" || url.protocol === "https:";
  // An address with a user name is a way to look like another host.
  return web && url.username === "" && url.password === "" ? url.href : undefined;
}
