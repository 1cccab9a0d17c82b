// The ribbon: the time that was skipped, as a line, with a mark at the minute of everything the bot said on the way.

import { el } from "./dom.js";
import { hourOf, stampOf } from "./time.js";
import { named, t, worded } from "./words.js";

const HOUR = 3600;
const LONGEST = 3 * 24 * HOUR; // older marks leave the line
const TICKS = [1 / 60, 1 / 12, 1 / 4, 1 / 2, 1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR);
const TICK_WIDTH = 64; // px, so that the hours under the line can be read
const firstLine = ({ text, caption, rich_text: rich }) => (text ?? caption ?? rich ?? "…").split("\n").find((line) => line.trim()) ?? "…";

export class Ribbon {
  /** `open(item)` shows a message on the phone that has it. */
  constructor(world, open) {
    Object.assign(this, { world, open });
    this.marks = [];
    this.moving = 0;
    this.line = el("div", { class: "ribbon-line" });
    this.hand = el("span", { class: "ribbon-hand" });
    this.list = named(el("ol", { class: "ribbon-list", "data-testid": "ribbon-list", tabindex: "0" }), "ribbon_list");
    this.span = el("span", { class: "ribbon-span", "data-testid": "ribbon-span" });
    const close = worded(el("button", { type: "button", class: "small", "data-testid": "ribbon-close", onclick: () => this.clear() }), "ribbon_close");
    const head = el("div", { class: "ribbon-head" }, worded(el("strong"), "ribbon"), this.span, this.keys(), close);
    this.node = el("section", { class: "ribbon", "data-testid": "ribbon", hidden: true }, head, this.line, this.list);
  }

  keys() {
    const key = (kind) => el("span", { class: `ribbon-key ${kind}` }, worded(el("span"), kind));
    return el("span", { class: "ribbon-keys" }, key("customer"), key("team"), key("admin"));
  }

  now() {
    return this.world.now()?.getTime() / 1000;
  }

  /** Around a move of the clock: what the bot says meanwhile is marked. */
  async during(move) {
    this.moving += 1;
    this.from ??= this.now();
    this.draw();
    try {
      await move();
    } finally {
      this.settling = setTimeout(() => {
        this.moving -= 1;
        this.draw();
      }, 400); // what was said at the last stop is still on its way to the page
    }
  }

  onMessage({ item }) {
    if (this.moving === 0 || !item.from_bot || item.service) return;
    this.marks.push(this.markOf(item));
    this.draw();
  }

  markOf(item) {
    const person = this.world.users.get(item.chat_id);
    const staff = person && this.world.staff().some(({ id }) => id === person.id);
    const kind = !person ? "team" : staff ? "admin" : "customer";
    const who = person ? this.world.nameOf(person) : (this.world.chats.get(item.chat_id)?.title ?? t("team"));
    const at = item.message.date;
    const show = () => this.open(item);
    const dot = el("button", { type: "button", class: `ribbon-dot ${kind}`, tabindex: "-1", onclick: show });
    const text = firstLine(item.message);
    dot.title = `${hourOf(at)} ${who}: ${text}`;
    const row = el(
      "li",
      {},
      el("button", { type: "button", class: `ribbon-mark ${kind}`, "data-testid": "ribbon-mark", onclick: show }, el("time", {}, hourOf(at)), el("b", {}, who), el("span", {}, text)),
    );
    row.title = `${stampOf(at)} · ${who}\n${text}`;
    const light = (on) => () => [dot, row].forEach((node) => node.classList.toggle("on", on));
    for (const node of [dot, row]) {
      node.addEventListener("pointerenter", light(true));
      node.addEventListener("pointerleave", light(false));
    }
    return { at, dot, row };
  }

  clear() {
    this.marks = [];
    this.from = undefined;
    this.draw();
  }

  draw() {
    this.node.hidden = this.from === undefined;
    if (this.node.hidden) return;
    const to = this.now();
    this.from = Math.max(this.from, to - LONGEST);
    this.marks = this.marks.filter(({ at }) => at >= this.from - 1).sort((a, b) => a.at - b.at);
    const place = (at) => `${(100 * Math.min(1, Math.max(0, (at - this.from) / Math.max(1, to - this.from)))).toFixed(3)}%`;
    this.span.textContent = `${stampOf(this.from)} – ${stampOf(to)} · ${t("ribbon_count", { n: this.marks.length })}`;
    for (const { at, dot } of this.marks) dot.style.left = place(at);
    this.line.replaceChildren(...this.ticks(to).map((at) => this.tick(at, place(at))), ...this.marks.map(({ dot }) => dot), this.hand);
    this.list.replaceChildren(...this.marks.map(({ row }) => row));
    if (this.marks.length === 0) this.list.append(el("li", { class: "ribbon-none" }, t("ribbon_none")));
    this.node.classList.toggle("moving", this.moving > 0);
    this.list.scrollLeft = this.list.scrollWidth;
  }

  tick(at, left) {
    const node = el("span", { class: "ribbon-tick" }, hourOf(at));
    node.style.left = left;
    return node;
  }

  /** Times on the line, as many as can be read. */
  ticks(to) {
    const most = Math.max(2, this.line.clientWidth / TICK_WIDTH);
    const step = TICKS.find((one) => (to - this.from) / one <= most) ?? TICKS.at(-1);
    const found = [];
    for (let at = Math.ceil(this.from / step) * step; at < to; at += step) found.push(at);
    return found;
  }
}
