import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../chat.ts";
import { MEDIUM, NARROW, useMedia, useStore } from "../dom/hooks.ts";
import { roomOf, type State } from "../model/state.ts";
import type { User } from "../model/types.ts";
import { Announcer } from "./Announcer.tsx";
import { CreateRoom } from "./CreateRoom.tsx";
import { NameScreen } from "./NameScreen.tsx";
import { People } from "./People.tsx";
import { RoomPane } from "./RoomPane.tsx";
import { Sidebar } from "./Sidebar.tsx";
import { Welcoming } from "./Welcoming.tsx";

export function App({ chat }: { readonly chat: Chat }): VNode {
  const state = useStore(chat.store);
  if (state.phase === "naming" || (state.phase === "entering" && !state.resuming)) {
    return <NameScreen chat={chat} state={state} />;
  }
  if (state.me === undefined || state.phase === "entering") {
    return <Welcoming chat={chat} state={state} />;
  }
  return <Rooms chat={chat} state={state} me={state.me} />;
}

function Rooms({ chat, state, me }: { readonly chat: Chat; readonly state: State; readonly me: User }): VNode {
  const narrow = useMedia(NARROW);
  const medium = useMedia(MEDIUM);
  const drawer = (state.overlay === "rooms" && narrow) || (state.overlay === "people" && medium);
  useEscape(drawer, () => chat.show("none"));
  const peopleBeside = state.peopleShown && !medium;
  return (
    <div class="app">
      <a class="skip" href="#composer" onClick={skipToComposer}>
        Skip to the message box
      </a>
      <Sidebar chat={chat} state={state} me={me} open={drawer && state.overlay === "rooms"} drawer={narrow} />
      <RoomPane chat={chat} state={state} me={me} inert={drawer} medium={medium} />
      {(peopleBeside || (drawer && state.overlay === "people")) && (
        <People chat={chat} state={state} me={me} drawer={medium} />
      )}
      {drawer && <div class="scrim" onClick={() => chat.show("none")} />}
      {state.overlay === "create" && <CreateRoom chat={chat} limit={state.limits.room} />}
      <div class="toast" role="status">
        {state.toast !== "" && <p>{state.toast}</p>}
      </div>
      <Announcer state={state} me={me} room={roomOf(state, state.active)} />
    </div>
  );
}

/** The address keeps the room, so the link must not change it. */
function skipToComposer(event: Event): void {
  event.preventDefault();
  document.getElementById("composer")?.focus();
}

function useEscape(active: boolean, close: () => void): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const pressed = (event: KeyboardEvent) => event.key === "Escape" && close();
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [active]);
}
