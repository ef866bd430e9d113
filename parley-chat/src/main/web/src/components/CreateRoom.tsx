import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat.ts";

/** The browser's own dialog: it keeps the focus, and Escape closes it. */
export function CreateRoom({ chat, limit }: { readonly chat: Chat; readonly limit: number }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  useEffect(() => dialog.current?.showModal(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(await chat.create(name));
    setBusy(false);
  };

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="create-title" onClose={() => chat.show("none")}>
      <form onSubmit={submit} noValidate>
        <h2 id="create-title">Create a room</h2>
        <p>Everybody can see it in the list and join.</p>
        <label for="room-name">Name of the room</label>
        <input
          id="room-name"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
          placeholder="for example: garden"
          autoComplete="off"
          maxLength={2 * limit}
          aria-invalid={problem !== ""}
          aria-describedby="room-problem"
        />
        <p class="problem" id="room-problem" role="alert">
          {problem}
        </p>
        <div class="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button class="primary" type="submit" aria-disabled={busy}>
            Create
          </button>
        </div>
      </form>
    </dialog>
  );
}
