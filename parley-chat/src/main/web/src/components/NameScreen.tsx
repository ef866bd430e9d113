import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat.ts";
import type { State } from "../model/state.ts";
import { lengthOf } from "../text/length.ts";
import { ConnectionWords } from "./ConnectionWords.tsx";
import { Logo } from "./Icons.tsx";

export function NameScreen({ chat, state }: { readonly chat: Chat; readonly state: State }): VNode {
  const [name, setName] = useState(state.name);
  const [mistake, setMistake] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const entering = state.phase === "entering";
  const problem = mistake || state.problem;

  useEffect(() => field.current?.focus(), [state.problem]);

  const submit = (event: Event) => {
    event.preventDefault();
    const wrong = mistakeIn(name, state.limits.name);
    setMistake(wrong);
    if (wrong === "") {
      chat.enter(name.trim());
    }
  };

  return (
    <main class="front">
      <form class="card" onSubmit={submit} noValidate>
        <div class="brand">
          <Logo />
          <h1>Parley</h1>
        </div>
        <p class="lead">Pick a name and come in. No account needed.</p>
        <label for="name">Your name</label>
        <input
          id="name"
          ref={field}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
          autoComplete="nickname"
          autoCapitalize="words"
          spellcheck={false}
          enterkeyhint="go"
          aria-invalid={problem !== "" && !entering}
          aria-describedby="name-problem"
        />
        <p class="problem" id="name-problem" role="alert">
          {entering ? "" : problem}
        </p>
        <button class="primary" type="submit">
          {entering ? "Coming in\u2026" : "Enter the chat"}
        </button>
        <p class="status-line" role="status">
          {entering && state.connection.kind === "waiting" && <ConnectionWords connection={state.connection} />}
        </p>
      </form>
    </main>
  );
}

function mistakeIn(name: string, limit: number): string {
  if (name.trim() === "") {
    return "Write a name first: 1 to " + limit + " characters.";
  }
  const length = lengthOf(name.trim());
  return length > limit ? `The name has ${length} characters: at most ${limit} are possible.` : "";
}
