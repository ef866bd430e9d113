import type { VNode } from "preact";
import { useNow } from "../dom/hooks.ts";
import type { Connection } from "../model/state.ts";

const TICK_MS = 250;

/** The state of the connection in words. The countdown is for the eye only: it would be read out every second. */
export function ConnectionWords({ connection }: { readonly connection: Connection }): VNode {
  const now = useNow(TICK_MS, connection.kind === "waiting");
  switch (connection.kind) {
    case "connected":
      return <span>Connected</span>;
    case "connecting":
      return <span>Connecting&hellip;</span>;
    case "waiting": {
      const seconds = Math.max(1, Math.ceil((connection.retryAt - now) / 1000));
      return (
        <span>
          {connection.offline ? "You are offline. " : "No connection. "}
          <span class="sr-only">Reconnecting.</span>
          <span aria-hidden="true">Reconnecting in {seconds}&nbsp;s</span>
        </span>
      );
    }
  }
}

/** Whether all is well, in one word. */
export function ConnectionChip({ connection }: { readonly connection: Connection }): VNode {
  const word = { connected: "Connected", connecting: "Connecting", waiting: "Reconnecting" }[connection.kind];
  const offline = connection.kind === "waiting" && connection.offline;
  return (
    <span class={`chip ${connection.kind}`}>
      <span class="dot" />
      {offline ? "Offline" : word}
    </span>
  );
}
