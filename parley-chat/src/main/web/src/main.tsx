import { render } from "preact";
import { Chat } from "./chat.ts";
import { App } from "./components/App.tsx";
import { route } from "./dom/route.ts";
import { totalUnread, type State } from "./model/state.ts";

const chat = new Chat();
let shown = false;

function follow(state: State): void {
  const unread = totalUnread(state);
  const place = state.phase === "chatting" ? `${state.active} \u00b7 Parley` : "Parley";
  document.title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ${place}` : place;
  if (state.phase === "chatting") {
    route.show(state.active, !shown);
    shown = true;
  }
}

function tellAttention(): void {
  chat.attention(document.visibilityState === "visible" && document.hasFocus());
}

const wanted = route.room();
chat.store.subscribe(follow);
route.onChange((room) => room !== "" && void chat.open(room));
addEventListener("focus", tellAttention);
addEventListener("blur", tellAttention);
document.addEventListener("visibilitychange", tellAttention);
tellAttention();
chat.start(wanted);
render(<App chat={chat} />, document.getElementById("app")!);
