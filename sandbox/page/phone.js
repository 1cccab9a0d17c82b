// One phone: somebody's screen, showing a list of chats, a forum's topics, or a chat.

import { avatar } from "./bubble.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { el, icon } from "./dom.js";
import { act } from "./link.js";
import { openMessageMenu } from "./messagemenu.js";
import { Overlay } from "./overlay.js";
import { PlaceList } from "./topics.js";
import { named, t } from "./words.js";

export class Phone {
  /**
   * `role` names it; `home(user)` is the screen it opens with; `empty()` what to show while nobody holds it.
   * A screen is {kind: "chats"}, {kind: "topics", chat} or {kind: "chat", chat, thread?}.
   */
  constructor(world, { role, home, empty }) {
    Object.assign(this, { world, role, home, empty });
    this.holder = null; // user id
    this.screens = new Map(); // user id → screen
    this.seen = new Map(); // "chat:thread" → last message id that was in sight
    this.overlay = new Overlay();
    this.composer = new Composer(world, this);
    this.places = new PlaceList(world, this);
    this.conversation = new Conversation(world, this.messageActions());
    this.head = el("header", { class: "phone-head" });
    this.vacant = el("div", { class: "vacant" });
    this.screenNode = el("div", { class: "screen" }, this.head, this.places.node, this.conversation.node, this.composer.node, this.vacant, this.overlay.node);
    this.node = el("section", { class: "phone", "data-testid": `phone-${role}`, "data-role": role }, this.screenNode);
    named(this.node, role);
    this.node.removeAttribute("title");
  }

  messageActions() {
    return {
      press: (item, row, col, key, button) => this.press(item, row, col, key, button),
      react: (item, emoji) => this.react(item, emoji),
      menu: (items) => openMessageMenu(this, items),
      reply: (item) => this.composer.reply(item),
      follow: (entity, text) => this.follow(entity, text),
      show: (src) => this.overlay.picture(src),
      toast: (text) => this.overlay.toast(text),
    };
  }

  // --- who and where

  viewer() {
    return this.holder;
  }

  user() {
    return this.world.users.get(this.holder);
  }

  screen() {
    return this.screens.get(this.holder) ?? this.home(this.user());
  }

  place() {
    const { chat, thread = null } = this.screen();
    return { chat, thread };
  }

  hold(userId) {
    this.holder = userId;
    this.draw();
  }

  go(screen) {
    this.screens.set(this.holder, screen);
    this.draw();
  }

  /** Opens the place of a message and goes to it. */
  showItem({ chat_id: chat, thread = null, message_id: id }) {
    this.go({ kind: "chat", chat, thread });
    this.conversation.jump(id);
  }

  goBack() {
    const { kind, chat, thread } = this.screen();
    const inForum = kind === "chat" && thread !== undefined && this.world.chats.get(chat)?.is_forum;
    this.go(inForum ? { kind: "topics", chat } : { kind: "chats" });
  }

  // --- unread

  seenKey({ chat, thread = null }) {
    return `${chat}:${thread ?? ""}`;
  }

  unread(place) {
    const last = this.seen.get(this.seenKey(place)) ?? 0;
    return this.world.at(place).filter(({ message_id, message }) => message_id > last && message.from?.id !== this.holder).length;
  }

  markSeen(place) {
    const last = this.world.at(place).at(-1);
    if (last) this.seen.set(this.seenKey(place), last.message_id);
  }

  markAllSeen() {
    for (const chat of this.world.chats.values()) {
      for (const thread of [null, ...chat.topics.map((topic) => topic.thread)]) this.markSeen({ chat: chat.id, thread });
    }
  }

  light() {
    this.node.classList.remove("lit");
    void this.node.offsetWidth; // restarts the animation
    this.node.classList.add("lit");
  }

  // --- doing

  /** Does something as the holder in the open chat; a refusal is said, not thrown. */
  async act(what, files) {
    try {
      return await act({ user: this.holder, chat: this.place().chat, ...what }, files);
    } catch (error) {
      this.overlay.toast(t("failed", { why: error.message }));
      return null;
    }
  }

  /** The same for something that lands in the open topic and may be a reply. */
  send(what, files) {
    const { thread } = this.place();
    const where = { ...(thread !== null && { thread }), ...this.replyTo() };
    return this.act({ ...where, ...what }, files);
  }

  replyTo() {
    const id = this.composer.takeReply();
    return id === undefined ? {} : { reply_to: id };
  }

  async press(item, row, col, key, button) {
    button.classList.add("pressed");
    setTimeout(() => button.classList.remove("pressed"), 200);
    if (key.url) return this.follow({ type: "text_link", url: key.url }, key.text);
    const result = await this.act({ do: "press", message: item.message_id, row, col });
    if (result?.copy_text) this.overlay.toast(t("copied"));
    return result;
  }

  react(item, emoji) {
    const mine = item.reactions.some((reaction) => reaction.user_id === this.holder && reaction.emoji === emoji);
    return this.act({ do: "react", message: item.message_id, emoji: mine ? [] : [emoji] });
  }

  /** A link opens nothing, except one to the bot itself; a command is sent. */
  follow(entity, text) {
    if (entity.type === "bot_command") return this.send({ do: "say", text });
    const url = entity.url ?? text;
    const toBot = /^(?:https?:\/\/)?t\.me\/(\w+)(?:\?start=([\w-]+))?$/i.exec(url);
    if (toBot && toBot[1].toLowerCase() === this.world.bot.username.toLowerCase()) {
      this.go({ kind: "chat", chat: this.holder });
      return this.act({ do: "start", payload: toBot[2] });
    }
    return this.overlay.toast(t("would_open", { url }));
  }

  onAnswered({ user_id, text, show_alert, url }) {
    if (user_id !== this.holder) return;
    if (url) this.overlay.toast(t("would_open", { url }));
    else if (text && show_alert) this.overlay.alert(text);
    else if (text) this.overlay.toast(text);
  }

  // --- drawing

  draw() {
    const user = this.user();
    const { kind, chat } = user ? this.screen() : { kind: "vacant" };
    const lost = kind !== "chats" && kind !== "vacant" && chat !== this.holder && !this.world.groupsOf(this.holder).some(({ id }) => id === chat);
    if (lost || (kind === "chat" && this.topicGone())) return this.screens.delete(this.holder) ? this.draw() : this.go({ kind: "chats" });
    this.vacant.hidden = kind !== "vacant";
    this.head.hidden = kind === "vacant";
    this.places.node.hidden = kind !== "topics" && kind !== "chats";
    this.conversation.node.hidden = this.composer.node.hidden = kind !== "chat";
    if (kind === "vacant") return this.drawVacant();
    this.screenNode.lang = this.langOf(user);
    if (kind === "chat") {
      this.markSeen(this.place());
      this.conversation.draw(this.place(), this.holder);
      this.composer.draw();
    } else if (kind === "topics") this.places.drawTopics(this.world.chats.get(chat));
    else this.places.drawChats();
    return this.drawHead(kind);
  }

  topicGone() {
    const { chat, thread } = this.place();
    return thread !== null && !this.world.chats.get(chat)?.topics.some((topic) => topic.thread === thread);
  }

  /** The right glyphs for Chinese depend on the reader. */
  langOf({ language_code: code = "en" }) {
    return { "zh-hans": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK" }[code] ?? code;
  }

  drawVacant() {
    const content = this.empty();
    this.vacant.replaceChildren(...content);
  }

  drawHead(kind) {
    const { name, note, mark } = this.title(kind);
    const typing = kind === "chat" && this.world.isActing(this.place());
    const key = JSON.stringify([name, note, typing, kind, this.canGoBack()]);
    if (key === this.headDrawn) return;
    this.headDrawn = key;
    const back = named(el("button", { type: "button", class: "tool", "data-testid": "back", onclick: () => this.goBack() }, icon("back")), "back");
    const line = typing
      ? el("small", { class: "typing", "data-testid": "typing" }, t("typing", { name: this.world.bot.first_name }))
      : el("small", {}, note);
    const text = el("span", { class: "head-text" }, el("strong", { dir: "auto", "data-testid": "chat-title" }, name), line);
    this.head.replaceChildren(...[this.canGoBack() && back, mark, text].filter(Boolean));
  }

  canGoBack() {
    return this.screen().kind !== "chats" && this.world.groupsOf(this.holder).length > 0;
  }

  title(kind) {
    const { bot } = this.world;
    if (kind === "chats") return { name: t("choose_chat"), note: this.world.nameOf(this.user()), mark: avatar(this.holder, this.world.nameOf(this.user())) };
    const { chat: chatId, thread } = this.place();
    const chat = this.world.chats.get(chatId);
    if (chatId === this.holder) return { name: bot.first_name, note: t("bot"), mark: avatar(bot.id, bot.first_name) };
    const mark = avatar(chatId, chat.title);
    if (!chat.is_forum || kind === "topics") return { name: chat.title, note: t("members", { n: this.world.present(chat).length }), mark };
    const topic = chat.topics.find((one) => one.thread === thread);
    return { name: topic?.name ?? t("general"), note: [chat.title, topic?.closed && t("closed")].filter(Boolean).join(" · "), mark };
  }
}
