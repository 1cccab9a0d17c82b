// Dates and times as the desk sees them, in the desk's time zone.

import { locale } from "./words.js";

let zone = new URLSearchParams(location.search).get("zone") ?? "Asia/Shanghai";

export function setZone(name) {
  if (name) zone = name;
}

const format = (date, options) => new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }).format(date);

export const hourOf = (seconds) => format(new Date(seconds * 1000), { hour: "2-digit", minute: "2-digit", hour12: false });

export const dayOf = (seconds) => format(new Date(seconds * 1000), { weekday: "long", day: "numeric", month: "long" });

export const stampOf = (seconds) =>
  format(new Date(seconds * 1000), { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });

export const deskDate = (date) => format(date, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

export const deskTime = (date) =>
  format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export const zoneName = () => zone;
