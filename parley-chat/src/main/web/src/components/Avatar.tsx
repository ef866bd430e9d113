import type { VNode } from "preact";
import type { User } from "../model/types.ts";
import { hueOf, initials } from "../model/words.ts";

const HUES = 8;

/** The class that gives a person's name and picture their colour. */
export function hueClass(user: User): string {
  return `hue-${hueOf(user.id, HUES)}`;
}

export function Avatar({ user }: { readonly user: User }): VNode {
  return (
    <span class={`avatar ${hueClass(user)}`} aria-hidden="true">
      {initials(user.name)}
    </span>
  );
}
