// What the page knows: people, chats, messages, the clock. Changes come from the wire only.

const ACTION_LASTS = 5000;
const PRESS_LASTS = 15000;

export class World extends EventTarget {
  constructor() {
    super();
    this.bot = null;
    this.users = new Map();
    this.chats = new Map();
    this.messages = new Map(); // chat id → Map(message id → item), in order
    this.commands = [];
    this.clock = null;
    this.actions = new Map(); // "chat:thread" → until
    this.presses = new Map(); // callback query id → {user_id, chat_id, message_id, data}
    this.online = false;
  }

  apply(change) {
    this[`on_${change.type}`]?.(change);
    this.dispatchEvent(new CustomEvent("change", { detail: change }));
  }

  changed() {
    this.dispatchEvent(new CustomEvent("change", { detail: { type: "local" } }));
  }

  on_snapshot(s) {
    this.bot = s.bot;
    this.commands = s.commands;
    this.zone = s.zone ?? this.zone;
    this.users = new Map(s.users.map((user) => [user.id, user]));
    this.chats = new Map();
    this.messages = new Map();
    for (const { messages, ...chat } of s.chats) {
      this.chats.set(chat.id, chat);
      this.messages.set(chat.id, new Map(messages.map((item) => [item.message_id, item])));
    }
    this.presses.clear();
    this.on_clock(s);
  }

  on_user({ user }) {
    this.users.set(user.id, user);
  }

  on_chat({ chat }) {
    this.chats.set(chat.id, chat);
    if (!this.messages.has(chat.id)) this.messages.set(chat.id, new Map());
  }

  on_message({ item }) {
    if (!this.messages.has(item.chat_id)) this.messages.set(item.chat_id, new Map());
    this.messages.get(item.chat_id).set(item.message_id, item);
    if (item.from_bot) this.actions.delete(`${item.chat_id}:${item.thread ?? ""}`);
    const writer = this.users.get(item.chat_id);
    if (writer && !item.from_bot) writer.started = true; // whoever writes to the bot has started it
  }

  on_edited({ item }) {
    this.messages.get(item.chat_id)?.set(item.message_id, item);
  }

  on_deleted({ chat_id, message_ids }) {
    for (const id of message_ids) this.messages.get(chat_id)?.delete(id);
  }

  on_reaction({ chat_id, message_id, reactions }) {
    const item = this.item(chat_id, message_id);
    if (item) this.messages.get(chat_id).set(message_id, { ...item, reactions });
  }

  on_pressed(press) {
    this.presses.set(press.callback_query_id, press);
    setTimeout(() => this.presses.delete(press.callback_query_id) && this.changed(), PRESS_LASTS);
  }

  on_answered({ callback_query_id }) {
    this.presses.delete(callback_query_id);
  }

  on_action({ chat_id, thread }) {
    this.actions.set(`${chat_id}:${thread ?? ""}`, Date.now() + ACTION_LASTS);
    setTimeout(() => this.changed(), ACTION_LASTS + 50);
  }

  on_clock({ clock }) {
    this.clock = { ...clock, at: performance.now() };
  }

  on_bot({ bot }) {
    this.bot = bot;
  }

  on_commands({ commands }) {
    this.commands = commands;
  }

  // --- looking

  now() {
    if (!this.clock) return null;
    const passed = this.clock.frozen ? 0 : performance.now() - this.clock.at;
    return new Date(Date.parse(this.clock.now) + passed);
  }

  item(chatId, messageId) {
    return this.messages.get(chatId)?.get(messageId);
  }

  /** The messages at a place; a forum's General topic is thread null. */
  at({ chat: chatId, thread = null }) {
    const all = [...(this.messages.get(chatId)?.values() ?? [])];
    return this.chats.get(chatId)?.is_forum ? all.filter((item) => (item.thread ?? null) === thread) : all;
  }

  isActing({ chat, thread = null }) {
    return (this.actions.get(`${chat}:${thread ?? ""}`) ?? 0) > Date.now();
  }

  groups() {
    return [...this.chats.values()].filter((chat) => chat.type !== "private" && !chat.migrated_to);
  }

  present(chat) {
    return chat.members.filter(({ status }) => status !== "left" && status !== "kicked");
  }

  people(chat) {
    return this.present(chat).filter(({ user_id }) => user_id !== this.bot.id);
  }

  groupsOf(userId) {
    return this.groups().filter((chat) => this.people(chat).some((member) => member.user_id === userId));
  }

  staff() {
    const ids = new Set(this.groups().flatMap((chat) => this.people(chat).map(({ user_id }) => user_id)));
    return [...ids].map((id) => this.users.get(id)).filter(Boolean);
  }

  admin() {
    const member = this.groups().flatMap((chat) => this.people(chat)).find(({ status }) => status === "creator");
    return member && this.users.get(member.user_id);
  }

  customers() {
    const staff = new Set(this.staff().map(({ id }) => id));
    return [...this.users.values()].filter((user) => !user.is_bot && !staff.has(user.id));
  }

  /** What the bot says of itself before Start, in the reader's language. */
  description(userId) {
    const all = this.bot?.descriptions ?? {};
    return all[this.users.get(userId)?.language_code?.slice(0, 2)] || all[""];
  }

  nameOf(user) {
    return [user?.first_name, user?.last_name].filter(Boolean).join(" ");
  }
}
