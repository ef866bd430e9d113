import type { VNode } from "preact";
import type { Chat } from "../chat.ts";
import { memo } from "../dom/memo.ts";
import type { Outgoing } from "../model/outbox.ts";
import type { Row } from "../model/rows.ts";
import { names } from "../model/words.ts";
import { dayName } from "../text/time.ts";
import { MessageView } from "./MessageView.tsx";

interface Props {
  readonly chat: Chat;
  readonly row: Row;
  readonly today: number;
  readonly outgoing: Outgoing | undefined;
}

export function RowView({ chat, row, today, outgoing }: Props): VNode {
  switch (row.kind) {
    case "day":
      return <Day at={row.at} today={today} />;
    case "new":
      return (
        <li class="new-line">
          <span>New</span>
        </li>
      );
    case "notice":
      return (
        <li class="notice">
          <bdi>{names(row.users)}</bdi> {row.what}
        </li>
      );
    case "message":
      return (
        <MessageView
          chat={chat}
          outgoing={outgoing}
          userId={row.user.id}
          userName={row.user.name}
          guest={row.user.guest}
          text={row.text}
          at={row.at}
          mine={row.mine}
          head={row.head}
          tail={row.tail}
          status={row.delivery?.kind}
          reason={row.delivery?.kind === "failed" ? row.delivery.reason : ""}
        />
      );
  }
}

const Day = memo(({ at, today }: { readonly at: number; readonly today: number }) => (
  <li class="day">
    <span>{dayName(at, today)}</span>
  </li>
));
