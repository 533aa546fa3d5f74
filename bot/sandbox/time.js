// Instants as people in Shanghai read them.

const PARTS = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** {year: "2026年", day: "1月5日", weekday: "周一", time: "09:00"} */
export function read(iso) {
  const part = Object.fromEntries(PARTS.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const day = `${part.month}月${part.day}日`;
  return { year: `${part.year}年`, day, weekday: part.weekday, time: `${part.hour}:${part.minute}` };
}

/** The line above a message, or "" where it follows closely on the one before. */
export function stamp(at, before) {
  const now = read(at);
  if (!before || read(before).day !== now.day) return `${now.day} ${now.weekday} ${now.time}`;
  return new Date(at) - new Date(before) >= 5 * 60_000 ? now.time : "";
}
