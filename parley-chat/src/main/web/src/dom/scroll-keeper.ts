const NEAR_END_PX = 48;

/**
 * Keeps what is read where it is while the list changes above and below: the end stays in sight as long as the reader
 * is there, else the first row in sight stays in its place.
 */
export class ScrollKeeper {
  sticks = true;
  #list: HTMLElement | undefined;
  #anchor: { readonly row: HTMLElement; readonly top: number } | undefined;
  #lastTop = 0;

  /** The element that scrolls; its only child holds the rows. */
  attach(list: HTMLElement): () => void {
    this.#list = list;
    const observer = new ResizeObserver(() => this.restore());
    observer.observe(list);
    observer.observe(this.#rows);
    return () => observer.disconnect();
  }

  /** To be called when the reader scrolled. */
  scrolled(): void {
    const list = this.#list;
    if (list !== undefined) {
      this.sticks = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
      this.#lastTop = list.scrollTop;
      this.#anchor = this.#firstInSight();
    }
  }

  /** To be called just before the rows change. */
  capture(): void {
    const list = this.#list;
    if (list !== undefined && list.scrollTop < this.#lastTop - 2) {
      this.scrolled(); // the reader was faster than the event that tells of it
    } else if (!this.sticks) {
      this.#anchor = this.#firstInSight();
    }
  }

  /** To be called when the rows have changed. */
  restore(): void {
    const list = this.#list;
    if (list === undefined) {
      return;
    }
    if (this.sticks) {
      list.scrollTop = list.scrollHeight;
    } else if (this.#anchor?.row.isConnected) {
      list.scrollTop += this.#topOf(this.#anchor.row) - this.#anchor.top;
    }
    this.#lastTop = list.scrollTop;
  }

  toEnd(): void {
    this.sticks = true;
    this.restore();
  }

  /** Shows a row in the upper part of the list. */
  toRow(row: HTMLElement): void {
    const list = this.#list;
    if (list !== undefined) {
      list.scrollTop += this.#topOf(row) - list.clientHeight / 5;
      this.scrolled();
    }
  }

  get nearStart(): boolean {
    const list = this.#list;
    return list !== undefined && list.scrollTop < list.clientHeight;
  }

  get nearEnd(): boolean {
    const list = this.#list;
    return list !== undefined && list.scrollHeight - list.scrollTop < 2 * list.clientHeight;
  }

  get #rows(): HTMLElement {
    return this.#list?.firstElementChild as HTMLElement;
  }

  /** The first message: the lines between messages move to other places when older messages come in. */
  #firstInSight(): { readonly row: HTMLElement; readonly top: number } | undefined {
    const rows = this.#rows.getElementsByClassName("message");
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle] as HTMLElement;
      if (this.#topOf(row) + row.offsetHeight > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    const row = rows[low] as HTMLElement | undefined;
    return row && { row, top: this.#topOf(row) };
  }

  #topOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - (this.#list?.getBoundingClientRect().top ?? 0);
  }
}
