/** Holds the one state of the page; it changes only by events. */
export class Store<S, E> {
  #state: S;
  readonly #reduce: (state: S, event: E) => S;
  readonly #listeners = new Set<(state: S, before: S) => void>();

  constructor(reduce: (state: S, event: E) => S, initial: S) {
    this.#reduce = reduce;
    this.#state = initial;
  }

  get state(): S {
    return this.#state;
  }

  dispatch(event: E): void {
    const before = this.#state;
    const after = this.#reduce(before, event);
    if (after === before) {
      return;
    }
    this.#state = after;
    for (const listener of this.#listeners) {
      listener(after, before);
    }
  }

  /** Returns how to stop listening. */
  subscribe(listener: (state: S, before: S) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
