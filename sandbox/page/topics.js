// Lists of places: a forum's topics, and the chats of one person.

import { avatar } from "./bubble.js";
import { arrange, el, icon } from "./dom.js";
import { summary } from "./media.js";
import { serviceLine } from "./service.js";
import { hourOf } from "./time.js";
import { language, t } from "./words.js";

const line = (message) => {
  const text = summary(message);
  return text || serviceLine(message, false);
};

function topicIcon(topic) {
  if (!topic) return el("span", { class: "topic-icon general", "aria-hidden": "true" }, "#");
  const letter = [...topic.name.trim()][0] ?? "·";
  const node = el("span", { class: "topic-icon", "aria-hidden": "true" }, letter.toUpperCase());
  node.style.background = `#${(topic.icon_color ?? 0x6fb9f0).toString(16).padStart(6, "0")}`;
  return node;
}

export class PlaceList {
  constructor(world, phone) {
    this.world = world;
    this.phone = phone;
    this.node = el("div", { class: "places scroll" });
    this.rows = new Map();
  }

  drawTopics(chat) {
    const topics = chat.topics.map((topic) => this.place({ chat: chat.id, thread: topic.thread }, topic.name, topicIcon(topic), topic.closed));
    topics.sort((a, b) => (b.last?.message_id ?? 0) - (a.last?.message_id ?? 0));
    const general = this.place({ chat: chat.id, thread: null }, t("general"), topicIcon(null), false);
    this.show([general, ...topics]);
  }

  drawChats() {
    const viewer = this.phone.viewer();
    const groups = this.world.groupsOf(viewer).map((chat) => {
      const threads = chat.is_forum ? [null, ...chat.topics.map(({ thread }) => thread)] : [null];
      const row = this.place({ chat: chat.id, thread: null }, chat.title, avatar(chat.id, chat.title), false);
      const unread = threads.reduce((sum, thread) => sum + this.phone.unread({ chat: chat.id, thread }), 0);
      return { ...row, unread, screen: chat.is_forum ? { kind: "topics", chat: chat.id } : { kind: "chat", chat: chat.id } };
    });
    const bot = this.place({ chat: viewer }, this.world.bot.first_name, avatar(this.world.bot.id, this.world.bot.first_name), false);
    this.show([...groups, { ...bot, note: t("private_chat") }]);
  }

  place(place, name, mark, closed) {
    const last = this.world.at(place).at(-1);
    return { place, name, mark, closed, last, unread: this.phone.unread(place), screen: { kind: "chat", ...place } };
  }

  show(rows) {
    const drawn = new Map();
    for (const row of rows) {
      const key = `${row.screen.kind}:${row.place.chat}:${row.place.thread ?? ""}`;
      const mark = JSON.stringify([row.name, row.closed, row.unread, row.last?.message_id, row.last?.message.edit_date, language()]);
      const old = this.rows.get(key);
      const fresh = old && row.unread > old.unread;
      const entry = old?.mark === mark ? old : { mark, unread: row.unread, node: this.row(row, fresh) };
      drawn.set(key, entry);
    }
    this.rows = drawn;
    arrange(this.node, [...drawn.values()].map(({ node }) => node));
  }

  row({ place, name, mark, closed, last, unread, screen, note }, fresh) {
    const from = last?.message.from;
    const who = from && !place.thread && from.id !== this.phone.viewer() && !serviceLine(last.message, true) ? `${from.first_name}: ` : "";
    const preview = note ?? (last ? who + line(last.message) : "");
    const top = el("span", { class: "place-top" }, el("strong", { dir: "auto" }, name), closed && icon("lock"));
    if (last) top.append(el("time", {}, hourOf(last.message.date)));
    const bottom = el("span", { class: "place-bottom" }, el("span", { class: "place-preview" }, preview));
    if (unread > 0) bottom.append(el("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread)));
    return el(
      "button",
      {
        type: "button",
        class: fresh ? "place-row fresh" : "place-row",
        "data-testid": screen.kind === "chat" && place.thread !== undefined ? `topic-${place.thread ?? "general"}` : `chat-${place.chat}`,
        onclick: () => this.phone.go(screen),
      },
      mark,
      el("span", { class: "place-text" }, top, bottom),
    );
  }
}
