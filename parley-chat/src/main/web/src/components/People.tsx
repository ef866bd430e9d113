import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../chat.ts";
import { viewOf, type State } from "../model/state.ts";
import type { User } from "../model/types.ts";
import { Avatar } from "./Avatar.tsx";
import { Icon } from "./Icons.tsx";

interface Props {
  readonly chat: Chat;
  readonly state: State;
  readonly me: User;
  readonly drawer: boolean;
}

export function People({ chat, state, me, drawer }: Props): VNode {
  const close = useRef<HTMLButtonElement>(null);
  const online = [...viewOf(state, state.active).online].sort(
    (left, right) => Number(left.guest) - Number(right.guest) || left.name.localeCompare(right.name),
  );
  useEffect(() => {
    if (drawer) {
      close.current?.focus();
    }
  }, [drawer]);
  return (
    <aside class={`people ${drawer ? "drawer" : ""}`} aria-labelledby="people">
      <div class="list-head">
        <h2 id="people">Online in {state.active}</h2>
        {drawer && (
          <button ref={close} class="ghost small" type="button" onClick={() => chat.show("none")} aria-label="Close the list of people">
            <Icon name="close" />
          </button>
        )}
      </div>
      <ul>
        {online.map((user) => (
          <li key={user.id} class="person">
            <Avatar user={user} />
            <span class="person-name">
              <bdi>{user.name}</bdi>
              {user.id === me.id && <span class="note"> (you)</span>}
              {user.guest && <span class="note"> guest</span>}
            </span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
