import { PENDING, type Outgoing } from "../model/outbox.ts";

const PERSON = "parley.person";
const OUTBOX = "parley.outbox";
const PEOPLE = "parley.people";

export interface Person {
  readonly name: string;
  readonly session: string;
}

/**
 * What the browser remembers: who one is, for all tabs and visits; what is not sent yet, for this tab. A browser that
 * forbids it (private windows, full storage) just forgets.
 */
export const memory = {
  person(): Person | undefined {
    const stored = read(localStorage, PERSON) as Partial<Person> | undefined;
    return typeof stored?.name === "string" ? { name: stored.name, session: String(stored.session ?? "") } : undefined;
  },

  keepPerson(person: Person): void {
    write(localStorage, PERSON, person);
  },

  outbox(): readonly Outgoing[] {
    const stored = read(sessionStorage, OUTBOX);
    return Array.isArray(stored) ? stored.filter(isOutgoing) : [];
  },

  keepOutbox(outbox: readonly Outgoing[]): void {
    write(sessionStorage, OUTBOX, outbox);
  },

  peopleShown(): boolean {
    return read(localStorage, PEOPLE) !== false;
  },

  keepPeopleShown(shown: boolean): void {
    write(localStorage, PEOPLE, shown);
  },
};

/** A message that was being sent when the page was left is sent again: its key keeps it from appearing twice. */
export function resumed(outbox: readonly Outgoing[]): readonly Outgoing[] {
  return outbox.map((item) => (item.delivery.kind === "failed" ? item : { ...item, delivery: PENDING }));
}

function isOutgoing(item: Partial<Outgoing> | null): item is Outgoing {
  return typeof item?.key === "string" && typeof item.room === "string" && typeof item.text === "string"
    && typeof item.at === "number" && typeof item.delivery === "object";
}

function read(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Remembering is a comfort: the chat works without.
  }
}
