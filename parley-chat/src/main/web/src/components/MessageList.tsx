import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Chat } from "../chat.ts";
import { useNow } from "../dom/hooks.ts";
import { ScrollKeeper } from "../dom/scroll-keeper.ts";
import { rowsOf, type Row } from "../model/rows.ts";
import { viewOf, type RoomView, type State } from "../model/state.ts";
import { firstId, lastId } from "../model/timeline.ts";
import { LOBBY, type User } from "../model/types.ts";
import { count } from "../model/words.ts";
import { startOfDay } from "../text/time.ts";
import { Icon } from "./Icons.tsx";
import { RowView } from "./RowView.tsx";

const MINUTE_MS = 60_000;

interface Props {
  readonly chat: Chat;
  readonly state: State;
  readonly room: string;
  readonly me: User;
}

export function MessageList({ chat, state, room, me }: Props): VNode {
  const view = viewOf(state, room);
  const list = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper>(undefined);
  keeper.current ??= new ScrollKeeper();
  const scroll = keeper.current;
  const today = startOfDay(useNow(MINUTE_MS));
  const outbox = useMemo(() => state.outbox.filter((item) => item.room === room), [state.outbox, room]);
  const rows = useMemo(() => rowsOf(view, outbox, me), [view, outbox, me]);

  const loadWhatIsNear = () => {
    if (scroll.nearStart) {
      void chat.loadOlder(room);
    }
    if (scroll.nearEnd) {
      void chat.loadNewer(room);
    }
  };
  const scrolled = () => {
    scroll.scrolled();
    chat.scrolled(room, scroll.sticks);
    loadWhatIsNear();
  };
  const toEnd = () => {
    scroll.toEnd();
    void chat.toLatest(room);
  };

  scroll.capture();
  useLayoutEffect(() => scroll.attach(list.current!), []);
  useLayoutEffect(() => scroll.restore());
  useLayoutEffect(() => {
    if (view.loaded) {
      begin(list.current!, scroll);
      chat.scrolled(room, scroll.sticks);
    }
  }, [view.loaded]);
  useLayoutEffect(() => scroll.toEnd(), [outbox.at(-1)?.key]);
  useEffect(() => {
    if (view.loaded) {
      loadWhatIsNear();
    }
  }, [firstId(view.timeline), lastId(view.timeline), view.loaded]);

  return (
    <div class="messages">
      <div class="scroller" ref={list} onScroll={scrolled} tabIndex={0} role="region" aria-label={`Messages in ${room}`} aria-busy={view.loading !== "nothing"}>
        <ol class="rows">
          <Start view={view} room={room} />
          {rows.map((row) => (
            <RowView key={row.key} chat={chat} row={row} today={today} outgoing={outgoingOf(row, outbox)} />
          ))}
        </ol>
      </div>
      {!view.atEnd && <Pill view={view} toEnd={toEnd} />}
    </div>
  );
}

/** Where reading begins: at the line "new" if there is one, else at the end. */
function begin(list: HTMLElement, scroll: ScrollKeeper): void {
  const line = list.querySelector<HTMLElement>(".new-line");
  scroll.toEnd();
  if (line !== null) {
    scroll.toRow(line);
  }
}

function outgoingOf(row: Row, outbox: State["outbox"]): State["outbox"][number] | undefined {
  return row.kind === "message" && row.id === 0 ? outbox.find((item) => item.key === row.sentKey) : undefined;
}

function Start({ view, room }: { readonly view: RoomView; readonly room: string }): VNode {
  if (!view.loaded || view.timeline.hasOlder) {
    return (
      <li key="start" class="start loading">
        <span>Loading messages&hellip;</span>
      </li>
    );
  }
  return (
    <li key="start" class="start">
      <span class="start-sign" aria-hidden="true">#</span>
      <strong>
        <bdi>{room}</bdi>
      </strong>
      <span>
        {room === LOBBY ? "Everybody is here." : "This is where the room begins."}{" "}
        {view.timeline.messages.length === 0 ? "Say hello!" : ""}
      </span>
    </li>
  );
}

function Pill({ view, toEnd }: { readonly view: RoomView; readonly toEnd: () => void }): VNode {
  const news = view.newBelow > 0;
  return (
    <button class={`pill ${news ? "news" : ""}`} type="button" onClick={toEnd}>
      {news ? count(view.newBelow, "new message") : "To the latest"}
      <Icon name="down" />
    </button>
  );
}
