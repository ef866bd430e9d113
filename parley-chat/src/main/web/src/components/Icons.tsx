import type { VNode } from "preact";

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.6 6.5-5.6s6.1 2 6.5 5.6M16 4.3a3.5 3.5 0 0 1 0 6.5M18 14.9c2 .7 3.2 2.4 3.5 5.1",
  leave: "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9",
  send: "M5 12l14-7-5 14-3-6z",
  down: "M12 5v13M6.5 12.5L12 18l5.5-5.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2",
  alert: "M12 8v5M12 16.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  edit: "M4 20h4L19 9a2 2 0 0 0 0-2.8l-1.2-1.2a2 2 0 0 0-2.8 0L4 16z",
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Two who talk: Parley's sign. */
export function Logo(): VNode {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        class="logo-one"
        d="M10 3h9a7 7 0 0 1 7 7v3a7 7 0 0 1-7 7h-6.5L6 25.5V19A7 7 0 0 1 3 13v-3a7 7 0 0 1 7-7z"
      />
      <path
        class="logo-two"
        d="M27.6 11.2A6.6 6.6 0 0 1 29 15.4v2.4a6.6 6.6 0 0 1-2.6 5.2v6L21 24.4h-4.2a6.6 6.6 0 0 1-3.4-1H19a9 9 0 0 0 9-9v-1.4a9 9 0 0 0-.4-1.8z"
      />
    </svg>
  );
}
