// The list of messages at one place, kept in step with the world.

import { drawMessage } from "./bubble.js";
import { arrange, el, icon } from "./dom.js";
import { dayOf } from "./time.js";
import { language, named, t } from "./words.js";

const NEAR = 80;

function groupAlbums(items) {
  const groups = [];
  for (const item of items) {
    const album = item.message.media_group_id;
    const last = groups.at(-1);
    if (album && last?.[0].message.media_group_id === album) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

export class Conversation {
  /** `actions`: press, react, menu, reply, follow, show, toast: see drawMessage. */
  constructor(world, actions) {
    this.world = world;
    this.actions = actions;
    this.list = el("ol", { class: "messages", "data-testid": "messages", "aria-live": "polite" });
    this.empty = el("p", { class: "nothing" });
    this.toEnd = named(el("button", { type: "button", class: "to-end", onclick: () => this.scrollToEnd() }, icon("down")), "latest");
    this.scroll = el("div", { class: "scroll", tabindex: "-1" }, this.empty, this.list);
    this.scroll.addEventListener("scroll", () => this.markEnd());
    this.scroll.addEventListener("load", () => this.following && this.scrollToEnd(), true);
    this.node = el("div", { class: "conversation" }, this.scroll, this.toEnd);
    this.drawn = new Map();
  }

  /** Shows the messages at `place` as `viewer` sees them. */
  draw(place, viewer) {
    const where = `${place.chat}:${place.thread ?? ""}:${viewer}:${language()}`;
    if (where !== this.where) {
      this.drawn.clear();
      this.where = where;
      this.following = true;
    }
    this.place = place;
    const items = this.world.at(place);
    const chat = this.world.chats.get(place.chat);
    const context = {
      ...this.actions,
      viewer,
      inGroup: chat && chat.type !== "private",
      nameOf: (id) => this.world.nameOf(this.world.users.get(id)),
      jump: (id) => this.jump(id) || this.actions.toast(t("quote_gone")),
    };
    const mineIsNew = items.length > 0 && items.at(-1).message.from?.id === viewer && !this.drawn.has(items.at(-1).message_id);
    arrange(this.list, this.nodesFor(groupAlbums(items), context));
    this.markWaiting(viewer);
    this.empty.textContent = items.length === 0 ? this.emptyText(viewer) : "";
    if (this.following || mineIsNew) this.scrollToEnd();
    this.markEnd();
  }

  emptyText(viewer) {
    return (this.place.chat === viewer && this.world.description(viewer)) || t("no_messages");
  }

  nodesFor(groups, context) {
    const nodes = [];
    const drawn = new Map();
    let day = null;
    let sender = null;
    for (const items of groups) {
      const { message, message_id: id } = items[0];
      const today = dayOf(message.date);
      if (today !== day) nodes.push(this.daySeparator(today, drawn));
      const from = message.sender_chat?.id ?? message.from?.id;
      const leads = from !== sender || today !== day;
      const node = this.messageNode(id, items, { ...context, leads }, drawn);
      nodes.push(node);
      [day, sender] = [today, node.dataset.from === "service" ? null : from];
    }
    this.drawn = drawn;
    return nodes;
  }

  /** A node is drawn anew only when its message changed. */
  messageNode(id, items, context, drawn) {
    const old = this.drawn.get(id);
    const same = old && old.leads === context.leads && old.items.length === items.length && old.items.every((item, i) => item === items[i]);
    const entry = same ? old : { items, leads: context.leads, node: drawMessage(items, context) };
    drawn.set(id, entry);
    return entry.node;
  }

  daySeparator(text, drawn) {
    const key = `day ${text}`;
    const entry = this.drawn.get(key) ?? { node: el("li", { class: "day" }, el("span", {}, text)) };
    drawn.set(key, entry);
    return entry.node;
  }

  /** Buttons that this viewer pressed and that wait for their answer. */
  markWaiting(viewer) {
    const waiting = new Set();
    for (const press of this.world.presses.values()) {
      if (press.user_id === viewer && press.chat_id === this.place.chat) waiting.add(`${press.message_id} ${press.data}`);
    }
    for (const button of this.list.querySelectorAll("[data-data]")) {
      const id = button.closest("[data-message-id]").dataset.messageId;
      button.classList.toggle("waiting", waiting.has(`${id} ${button.dataset.data}`));
    }
  }

  find(messageId) {
    return this.list.querySelector(`[data-message-id="${messageId}"]`);
  }

  /** Brings a message into sight and lets it pulse. */
  jump(messageId) {
    const node = this.find(messageId);
    if (!node) return false;
    this.following = false;
    const shift = node.getBoundingClientRect().top - this.scroll.getBoundingClientRect().top;
    this.scroll.scrollTop += shift - 60;
    node.classList.remove("pulse");
    void node.offsetWidth; // restarts the animation
    node.classList.add("pulse");
    return true;
  }

  scrollToEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  markEnd() {
    const left = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight;
    this.following = left < NEAR;
    this.toEnd.hidden = this.following;
  }
}
