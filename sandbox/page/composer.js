// The foot of a chat: input, reply or edit bar, attach, commands, reply keyboard, start and unblock.

import { openAttachments, sendContact, sendPlace } from "./attach.js";
import { commandsFor } from "./commands.js";
import { el, icon } from "./dom.js";
import { summary } from "./media.js";
import { named, t, worded } from "./words.js";

const button = (props, name, word) => named(el("button", { type: "button", ...props }, icon(name)), word);

export class Composer {
  constructor(world, phone) {
    this.world = world;
    this.phone = phone;
    this.drafts = new Map(); // where → {text, reply, edit}
    this.folded = new Set(); // reply keyboards put away: "chat:message"
    this.build();
  }

  build() {
    this.input = named(el("textarea", { rows: "1", "data-testid": "input", dir: "auto", enterkeyhint: "send" }), "message");
    this.input.addEventListener("input", () => this.keep());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("paste", (event) => this.onPaste(event));
    this.sendButton = button({ class: "tool send", "data-testid": "send", onclick: () => this.submit() }, "send", "send");
    this.commandButton = button({ class: "tool", "data-testid": "commands", onclick: () => this.openCommands() }, "menu", "commands");
    this.attachButton = button({ class: "tool", "data-testid": "attach", onclick: () => openAttachments(this.phone) }, "attach", "attach");
    this.keyboardButton = button({ class: "tool", "data-testid": "keyboard", onclick: () => this.fold() }, "keyboard", "keyboard");
    this.bar = el("div", { class: "context-bar", hidden: true });
    this.row = el("div", { class: "composer-row" }, this.commandButton, this.attachButton, this.input, this.keyboardButton, this.sendButton);
    this.keys = el("div", { class: "reply-keys", "data-testid": "reply-keyboard" });
    this.startButton = worded(el("button", { type: "button", class: "primary wide", "data-testid": "start", onclick: () => this.start() }), "start");
    this.node = el("footer", { class: "composer" }, this.bar, this.row, this.startButton, this.keys);
  }

  // --- the draft of the open place

  draft() {
    const { chat, thread = null } = this.phone.place();
    const where = `${this.phone.viewer()}:${chat}:${thread ?? ""}`;
    if (!this.drafts.has(where)) this.drafts.set(where, { where, text: "", reply: null, edit: null });
    return this.drafts.get(where);
  }

  keep() {
    this.draft().text = this.input.value;
    this.fit();
  }

  fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 110)}px`;
    this.sendButton.disabled = this.input.value.trim() === "";
  }

  reply(item) {
    Object.assign(this.draft(), { reply: item, edit: null });
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  edit(item) {
    const text = item.message.text ?? item.message.caption ?? "";
    Object.assign(this.draft(), { edit: item, reply: null, text });
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  cancel() {
    const draft = this.draft();
    if (draft.edit) draft.text = "";
    Object.assign(draft, { reply: null, edit: null });
    this.draw();
  }

  /** The reply that the next message carries; taken by whoever sends it. */
  takeReply() {
    const draft = this.draft();
    const id = draft.reply?.message_id ?? this.forced?.message_id;
    draft.reply = null;
    return id;
  }

  async submit() {
    const draft = this.draft();
    const text = draft.text.trim();
    if (!text) return;
    const { edit } = draft;
    Object.assign(draft, { text: "", edit: null });
    if (edit) await this.phone.act({ do: "edit", message: edit.message_id, [edit.message.text === undefined ? "caption" : "text"]: text });
    else await this.phone.send({ do: "say", text });
    this.draw();
  }

  onKey(event) {
    if (event.isComposing) return; // an input method is still choosing characters
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === "Escape") this.cancel();
  }

  onPaste(event) {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    this.phone.send({ do: "send", kind: "photo", file_name: file.name, mime_type: file.type }, [file]);
  }

  start() {
    return this.phone.act({ do: "start" });
  }

  openCommands() {
    const chat = this.world.chats.get(this.phone.place().chat);
    const suffix = chat.type === "private" ? "" : `@${this.world.bot.username}`;
    const rows = commandsFor(this.world, chat, this.phone.user()).map(({ command, description }) => ({
      id: `command-${command}`,
      label: `/${command}`,
      note: description,
      act: () => this.phone.send({ do: "say", text: `/${command}${suffix}` }),
    }));
    this.phone.overlay.list(rows, t("commands"));
  }

  // --- the reply keyboard

  keyboard() {
    const viewer = this.phone.viewer();
    const shown = this.world.chats.get(this.phone.place().chat)?.keyboards ?? [];
    return shown.findLast((keyboard) => keyboard.user_id === null || keyboard.user_id === viewer);
  }

  foldKey(keyboard) {
    return `${this.phone.place().chat}:${keyboard.message_id}`;
  }

  fold() {
    const key = this.foldKey(this.keyboard());
    if (!this.folded.delete(key)) this.folded.add(key);
    this.draw();
  }

  pressKey(key, keyboard) {
    if (keyboard.one_time_keyboard) this.folded.add(this.foldKey(keyboard));
    if (key.request_contact) return sendContact(this.phone);
    if (key.request_location) return sendPlace(this.phone);
    return this.phone.send({ do: "say", text: key.text });
  }

  drawKeyboard() {
    const keyboard = this.keyboard();
    this.forced = keyboard?.force_reply ? keyboard : null;
    const rows = keyboard?.keyboard;
    this.keyboardButton.hidden = !rows;
    this.keys.hidden = !rows || this.folded.has(this.foldKey(keyboard));
    this.keyboardButton.setAttribute("aria-expanded", String(!this.keys.hidden));
    const mark = JSON.stringify(rows ?? null);
    if (mark === this.keysDrawn) return;
    this.keysDrawn = mark;
    const key = (about) => {
      const press = () => this.pressKey(about, this.keyboard());
      return el("button", { type: "button", "data-testid": "reply-button", onclick: press }, about.text ?? about);
    };
    this.keys.replaceChildren(...(rows ?? []).map((row) => el("div", {}, row.map(key))));
  }

  drawBar({ reply, edit }) {
    const item = edit ?? reply;
    this.bar.hidden = !item;
    if (!item) return;
    const who = edit ? t("editing") : `${t("reply")}: ${this.world.nameOf(item.message.from)}`;
    const shut = button({ class: "tool", onclick: () => this.cancel() }, "close", "cancel");
    const text = el("span", { class: "context-text" }, el("strong", {}, who), el("span", {}, summary(item.message)));
    this.bar.replaceChildren(icon(edit ? "edit" : "reply"), text, shut);
  }

  draw() {
    const { chat } = this.phone.place();
    const user = this.phone.user();
    const isPrivate = chat === user.id;
    const away = isPrivate && (!user.started || user.blocked);
    this.row.hidden = away;
    this.startButton.hidden = !away;
    worded(this.startButton, user.blocked ? "restart" : "start");
    const draft = this.draft();
    if (draft.where !== this.shown || draft.text !== this.input.value) this.input.value = draft.text;
    this.shown = draft.where;
    this.drawBar(away ? {} : draft);
    this.drawKeyboard();
    if (away) this.keys.hidden = true;
    const known = this.world.chats.get(chat);
    this.commandButton.hidden = !known || commandsFor(this.world, known, user).length === 0;
    this.input.placeholder = this.keyboard()?.input_field_placeholder ?? t("message");
    this.fit();
  }
}
