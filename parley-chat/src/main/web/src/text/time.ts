const DAY_MS = 24 * 60 * 60_000;

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const yearFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function clockTime(at: number): string {
  return clockFormat.format(at);
}

export function fullTime(at: number): string {
  return fullFormat.format(at);
}

/** "Today", "Yesterday", "Monday, March 2", "March 2, 2024". */
export function dayName(at: number, now: number): string {
  const day = startOfDay(at);
  if (day === startOfDay(now)) {
    return "Today";
  }
  if (day === startOfDay(startOfDay(now) - DAY_MS / 2)) {
    return "Yesterday";
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayFormat : yearFormat).format(at);
}
