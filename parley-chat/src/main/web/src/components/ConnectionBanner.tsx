import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../model/state.ts";
import { ConnectionWords } from "./ConnectionWords.tsx";

const GOOD_NEWS_MS = 2_500;

/** Says that the connection is away, and that it is back. */
export function ConnectionBanner({ connection, retry }: { readonly connection: Connection; readonly retry: () => void }): VNode {
  const away = connection.kind !== "connected";
  const [wasAway, setWasAway] = useState(false);
  useEffect(() => {
    if (away) {
      setWasAway(true);
      return undefined;
    }
    const timer = setTimeout(() => setWasAway(false), GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [away]);
  return (
    <div class={`banner ${away ? "away" : "back"} ${away || wasAway ? "shown" : ""}`}>
      <span role="status">{(away || wasAway) && <ConnectionWords connection={connection} />}</span>
      {connection.kind === "waiting" && (
        <button type="button" class="link" onClick={retry}>
          Try now
        </button>
      )}
    </div>
  );
}
