import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../chat.ts";
import type { State } from "../model/state.ts";
import type { Room, User } from "../model/types.ts";
import { count } from "../model/words.ts";
import { Avatar } from "./Avatar.tsx";
import { Icon, Logo } from "./Icons.tsx";

interface Props {
  readonly chat: Chat;
  readonly state: State;
  readonly me: User;
  readonly open: boolean;
  /** Whether it slides in over the page, or stands beside it. */
  readonly drawer: boolean;
}

export function Sidebar({ chat, state, me, open, drawer }: Props): VNode {
  const first = useRef<HTMLButtonElement>(null);
  const mine = state.rooms.filter((room) => room.joined);
  const others = state.rooms.filter((room) => !room.joined);
  useEffect(() => {
    if (open) {
      first.current?.focus();
    }
  }, [open]);
  return (
    <div class={`sidebar ${open ? "open" : ""}`} inert={drawer && !open}>
      <header class="sidebar-head">
        <Logo />
        <span class="wordmark">Parley</span>
        <button ref={first} class="ghost only-narrow" type="button" onClick={() => chat.show("none")} aria-label="Close the rooms">
          <Icon name="close" />
        </button>
      </header>
      <nav class="room-lists" aria-label="Rooms">
        <div class="list-head">
          <h2 id="mine">Your rooms</h2>
          <button class="ghost small" type="button" onClick={() => chat.show("create")} aria-label="Create a room" title="Create a room">
            <Icon name="plus" />
          </button>
        </div>
        <ul aria-labelledby="mine">
          {mine.map((room) => (
            <RoomLink key={room.name} room={room} active={room.name === state.active} open={() => chat.open(room.name)} />
          ))}
        </ul>
        {others.length > 0 && <h2 id="others">More rooms</h2>}
        {others.length > 0 && (
          <ul aria-labelledby="others">
            {others.map((room) => (
              <OtherRoom key={room.name} room={room} join={() => chat.open(room.name)} />
            ))}
          </ul>
        )}
      </nav>
      <footer class="me">
        <Avatar user={me} />
        <span class="me-name">
          <bdi>{me.name}</bdi>
        </span>
        <button class="ghost small" type="button" onClick={() => chat.signOut()} aria-label="Change your name" title="Change your name">
          <Icon name="edit" />
        </button>
      </footer>
    </div>
  );
}

interface LinkProps {
  readonly room: Room;
  readonly active: boolean;
  readonly open: () => void;
}

function RoomLink({ room, active, open }: LinkProps): VNode {
  return (
    <li>
      <button class="room" type="button" onClick={open} aria-current={active ? "page" : undefined}>
        <span class="room-name">
          <span class="sign" aria-hidden="true">#</span>
          <bdi>{room.name}</bdi>
        </span>
        {room.unread > 0 ? (
          <span class="badge">
            {room.unread > 99 ? "99+" : room.unread}
            <span class="sr-only"> unread</span>
          </span>
        ) : (
          <Members room={room} />
        )}
      </button>
    </li>
  );
}

function OtherRoom({ room, join }: { readonly room: Room; readonly join: () => void }): VNode {
  return (
    <li>
      <button class="room other" type="button" onClick={join} title={`Join ${room.name}`}>
        <span class="room-name">
          <span class="sign" aria-hidden="true">#</span>
          <span class="sr-only">Join </span>
          <bdi>{room.name}</bdi>
        </span>
        <Members room={room} />
        <span class="join" aria-hidden="true">Join</span>
      </button>
    </li>
  );
}

function Members({ room }: { readonly room: Room }): VNode | null {
  if (room.members === 0) {
    return null;
  }
  return (
    <span class="members" title={`${count(room.members, "person", "people")} online`}>
      {room.members}
      <span class="sr-only"> online</span>
    </span>
  );
}
