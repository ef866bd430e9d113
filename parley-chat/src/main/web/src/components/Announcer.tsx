import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { viewOf, type State } from "../model/state.ts";
import { lastId } from "../model/timeline.ts";
import type { Room, User } from "../model/types.ts";

/** A burst of messages is not read out in full. */
const READ_OUT_AT_ONCE = 3;

interface Props {
  readonly state: State;
  readonly me: User;
  readonly room: Room | undefined;
}

/**
 * Reads out what others write in the open room, as it comes. The list of messages itself is no live region: pages of
 * history that are loaded above would be read out as well.
 */
export function Announcer({ state, me, room }: Props): VNode {
  const name = room?.name ?? "";
  const { timeline } = viewOf(state, name);
  const end = lastId(timeline);
  const heard = useRef({ room: "", id: 0 });
  const [words, setWords] = useState<readonly string[]>([]);

  useEffect(() => {
    const { room: before, id } = heard.current;
    heard.current = { room: name, id: end };
    if (before === name && id > 0 && end > id) {
      const fresh = timeline.messages.filter((message) => message.id > id && message.user.id !== me.id);
      setWords(fresh.slice(-READ_OUT_AT_ONCE).map((message) => `${message.user.name}: ${message.text}`));
    }
  }, [name, end]);

  return (
    <div class="sr-only" role="log" aria-live="polite" aria-label="New messages">
      {words.map((line, index) => (
        <p key={`${end} ${index}`}>{line}</p>
      ))}
    </div>
  );
}
