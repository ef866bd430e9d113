import type { VNode } from "preact";
import type { Chat } from "../chat.ts";
import { memo } from "../dom/memo.ts";
import type { Delivery, Outgoing } from "../model/outbox.ts";
import { pieces } from "../text/links.ts";
import { clockTime, fullTime } from "../text/time.ts";
import { Avatar, hueClass } from "./Avatar.tsx";
import { Icon } from "./Icons.tsx";

interface Props {
  readonly chat: Chat;
  readonly outgoing: Outgoing | undefined;
  readonly userId: string;
  readonly userName: string;
  readonly guest: boolean;
  readonly text: string;
  readonly at: number;
  readonly mine: boolean;
  readonly head: boolean;
  readonly tail: boolean;
  readonly status: Delivery["kind"] | undefined;
  readonly reason: string;
}

/** Its properties are plain values, so that only the messages that changed are drawn again. */
export const MessageView = memo((props: Props): VNode => {
  const { mine, head, tail, status, text } = props;
  const user = { id: props.userId, name: props.userName, guest: props.guest };
  const classes = ["message", mine ? "mine" : "theirs", head && "head", tail && "tail", status].filter(Boolean);
  return (
    <li class={classes.join(" ")}>
      {!mine && head && <Avatar user={user} />}
      <div class="bubble">
        {!mine && head ? (
          <p class={`author ${hueClass(user)}`}>
            <bdi>{user.name}</bdi>
            {user.guest && <span class="tag">guest</span>}
          </p>
        ) : (
          <span class="sr-only">{mine ? "You" : user.name}: </span>
        )}
        <p class="text" dir="auto">
          <Text text={text} />
        </p>
        <span class="meta">
          <time dateTime={new Date(props.at).toISOString()} title={fullTime(props.at)}>
            {clockTime(props.at)}
          </time>
          {status && <Status kind={status} />}
        </span>
      </div>
      {status === "failed" && props.outgoing && <Failure {...props} outgoing={props.outgoing} />}
    </li>
  );
});

function Text({ text }: { readonly text: string }): VNode {
  return (
    <>
      {pieces(text).map((piece) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

function Status({ kind }: { readonly kind: Delivery["kind"] }): VNode {
  const words = { pending: "Sending", sent: "Sent", failed: "Not sent" }[kind];
  return (
    <span class="status" title={words}>
      <Icon name={({ pending: "clock", sent: "check", failed: "alert" } as const)[kind]} />
      <span class="sr-only">{words}</span>
    </span>
  );
}

function Failure({ chat, outgoing, reason }: { readonly chat: Chat; readonly outgoing: Outgoing; readonly reason: string }): VNode {
  return (
    <div class="failure" role="alert">
      <span>Not sent. {reason}</span>
      <button type="button" class="link" onClick={() => chat.retry(outgoing)}>
        Try again
      </button>
      <button type="button" class="link" onClick={() => chat.discard(outgoing.key)}>
        Discard
      </button>
    </div>
  );
}
