/** The room in the address: it can be linked to, and the browser's back button goes to the room before. */
export const route = {
  room(): string {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  },

  show(room: string, replace: boolean): void {
    if (room === route.room()) {
      return;
    }
    const address = `#${encodeURIComponent(room)}`;
    if (replace || route.room() === "") {
      history.replaceState(null, "", address);
    } else {
      history.pushState(null, "", address);
    }
  },

  onChange(listener: (room: string) => void): void {
    addEventListener("popstate", () => listener(route.room()));
  },
};
