import type { VNode } from "preact";
import type { Chat } from "../chat.ts";
import type { State } from "../model/state.ts";
import { ConnectionWords } from "./ConnectionWords.tsx";
import { Logo } from "./Icons.tsx";

/** While who was here before is on the way in. */
export function Welcoming({ chat, state }: { readonly chat: Chat; readonly state: State }): VNode {
  return (
    <main class="front">
      <div class="card quiet">
        <div class="brand">
          <Logo />
          <h1>Parley</h1>
        </div>
        <p class="lead" role="status">
          Welcome back, <bdi>{state.name}</bdi>. <ConnectionWords connection={state.connection} />
        </p>
        <div class="actions">
          {state.connection.kind === "waiting" && (
            <button class="primary" type="button" onClick={() => chat.tryNow()}>
              Try now
            </button>
          )}
          <button type="button" onClick={() => chat.signOut()}>
            Use another name
          </button>
        </div>
      </div>
    </main>
  );
}
