import { useEffect, useState } from "preact/hooks";
import type { ChatEvent } from "../model/events.ts";
import type { State } from "../model/state.ts";
import type { Store } from "../model/store.ts";

export function useStore(store: Store<State, ChatEvent>): State {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe(setState);
  }, [store]);
  return state;
}

/** The time, told anew every so many milliseconds while `active`. */
export function useNow(everyMs: number, active = true): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, active]);
  return now;
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const changed = () => setMatches(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, [query]);
  return matches;
}

/** Where the rooms are a drawer, as in the style sheets. */
export const NARROW = "(max-width: 47.99rem)";
/** Where the people are a drawer, as in the style sheets. */
export const MEDIUM = "(max-width: 67.99rem)";
