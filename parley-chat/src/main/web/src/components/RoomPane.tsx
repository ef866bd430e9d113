import type { VNode } from "preact";
import type { Chat } from "../chat.ts";
import { totalUnread, viewOf, type State } from "../model/state.ts";
import { LOBBY, type User } from "../model/types.ts";
import { count } from "../model/words.ts";
import { Composer } from "./Composer.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { ConnectionChip } from "./ConnectionWords.tsx";
import { Icon } from "./Icons.tsx";
import { MessageList } from "./MessageList.tsx";
import { TypingLine } from "./TypingLine.tsx";

interface Props {
  readonly chat: Chat;
  readonly state: State;
  readonly me: User;
  /** While a drawer lies over it. */
  readonly inert: boolean;
  /** Whether the people come in a drawer. */
  readonly medium: boolean;
}

export function RoomPane({ chat, state, me, inert, medium }: Props): VNode {
  const room = state.active;
  const view = viewOf(state, room);
  return (
    <main class="pane" inert={inert}>
      <RoomHead chat={chat} state={state} medium={medium} />
      <MessageList key={room} chat={chat} state={state} room={room} me={me} />
      <div class="foot">
        <TypingLine typists={view.typing} />
        <ConnectionBanner connection={state.connection} retry={() => chat.tryNow()} />
        <Composer key={room} chat={chat} state={state} room={room} draft={view.draft} />
      </div>
    </main>
  );
}

function RoomHead({ chat, state, medium }: { readonly chat: Chat; readonly state: State; readonly medium: boolean }): VNode {
  const room = state.active;
  const online = viewOf(state, room).online.length;
  const elsewhere = totalUnread({ ...state, rooms: state.rooms.filter((other) => other.name !== room) });
  const peopleOpen = medium ? state.overlay === "people" : state.peopleShown;
  return (
    <header class="room-head">
      <button class="ghost only-narrow menu" type="button" onClick={() => chat.show("rooms")} aria-label="Show the rooms">
        <Icon name="menu" />
        {elsewhere > 0 && (
          <span class="badge">
            {elsewhere > 99 ? "99+" : elsewhere}
            <span class="sr-only"> unread</span>
          </span>
        )}
      </button>
      <div class="room-title">
        <h1>
          <span class="sign" aria-hidden="true">#</span>
          <bdi>{room}</bdi>
        </h1>
        <ConnectionChip connection={state.connection} />
      </div>
      <button
        class="ghost labelled"
        type="button"
        aria-expanded={peopleOpen}
        aria-label={`${count(online, "person", "people")} online`}
        title="Who is online"
        onClick={() => (medium ? chat.show("people") : chat.togglePeople())}
      >
        <Icon name="people" />
        <span>{online}</span>
      </button>
      {room !== LOBBY && (
        <button class="ghost" type="button" onClick={() => chat.leave(room)} aria-label={`Leave ${room}`} title="Leave this room">
          <Icon name="leave" />
        </button>
      )}
    </header>
  );
}
