import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../chat.ts";
import { MAX_UNSENT } from "../model/outbox.ts";
import type { State } from "../model/state.ts";
import { lengthOf } from "../text/length.ts";
import { Icon } from "./Icons.tsx";

const TALLEST_PX = 200;
const TOUCH = "(pointer: coarse)";

interface Props {
  readonly chat: Chat;
  readonly state: State;
  readonly room: string;
  readonly draft: string;
}

export function Composer({ chat, state, room, draft }: Props): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const left = state.limits.text - lengthOf(draft.trimEnd());
  const full = state.outbox.length >= MAX_UNSENT;
  const sendable = draft.trim() !== "" && left >= 0 && !full;

  useLayoutEffect(() => grow(field.current), [draft]);
  useEffect(() => {
    if (!matchMedia(TOUCH).matches) {
      field.current?.focus(); // on a touch screen it would bring up the keyboard
    }
  }, []);

  const send = () => {
    if (sendable) {
      chat.say(room, draft.trimEnd());
      field.current?.focus();
    }
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form class="composer" onSubmit={(event) => (event.preventDefault(), send())}>
      <label class="sr-only" for="composer">Message to {room}</label>
      <textarea
        id="composer"
        ref={field}
        rows={1}
        value={draft}
        placeholder={`Message #${room}`}
        aria-describedby="composer-hint"
        aria-invalid={left < 0}
        enterkeyhint="send"
        dir="auto"
        onInput={(event) => chat.draft(room, event.currentTarget.value)}
        onKeyDown={pressed}
      />
      <button class="send" type="submit" aria-label="Send" title="Send (Enter)" aria-disabled={!sendable}>
        <Icon name="send" />
      </button>
      <p class={`hint ${left < 0 || full ? "wrong" : ""}`} id="composer-hint">
        {hint(left, state.limits.text, full)}
      </p>
    </form>
  );
}

function hint(left: number, limit: number, full: boolean): VNode | string {
  if (full) {
    return "Too many messages wait to be sent. Wait for the connection, or discard some.";
  }
  if (left < 0) {
    return `${-left} characters too many: at most ${limit} at a time.`;
  }
  if (left < limit / 10) {
    return `${left} characters left`;
  }
  return <span class="keys">Enter sends, Shift+Enter starts a new line</span>;
}

function grow(field: HTMLTextAreaElement | null): void {
  if (field !== null) {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
    field.style.overflowY = field.scrollHeight > TALLEST_PX ? "auto" : "hidden";
  }
}
