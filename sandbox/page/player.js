// Plays a scene on the phones by pressing what a person would press, and says so when something is not seen.

import { act } from "./link.js";
import { hidePointer, markWords, pressOn, rest, typeInto, unmarkWords } from "./pointer.js";
import { t } from "./words.js";

const WITHIN = 20;
const SETTLED = 350;
const TRIES = 2; // how often one and the same answer is given
const TAPPED = "✓"; // how a bot shows what was tapped

export class NotSeen extends Error {
  constructor(what, seconds) {
    super(String(what));
    this.seconds = seconds;
  }
}

export class Stopped extends Error {}

const textOf = ({ message }) => message.text ?? message.caption ?? "";

export class Player {
  /** `phones`: {customer, team, admin} of Phone; `arrive` brings a new customer. */
  constructor(world, phones, arrive) {
    Object.assign(this, { world, phones, arrive });
    this.signal = { stopped: false };
  }

  stop() {
    this.signal.stopped = true;
  }

  /** Plays; `onStep(number, step)` before each. Throws NotSeen or Stopped. */
  async play(scene, onStep) {
    const signal = { stopped: false };
    this.stop();
    this.signal = signal;
    this.before = new Map(); // role → the items known when that person last acted
    unmarkWords();
    for (const role of Object.keys(this.phones)) this.remember(role);
    try {
      for (const [i, step] of scene.steps.entries()) {
        onStep(i + 1, step);
        this.step = step;
        const { phone } = this;
        phone.node.scrollIntoView({ block: "nearest", inline: "center" });
        await this[`do_${step.do}`](step);
        await this.beat(step.rest ?? 350);
      }
    } finally {
      if (this.signal === signal) hidePointer();
    }
  }

  get phone() {
    return this.phones[this.step.who];
  }

  async beat(ms) {
    await rest(ms);
    if (this.signal.stopped) throw new Stopped();
  }

  /** What `look` returns once it returns something. */
  async see(look, what, within = this.step.within ?? WITHIN) {
    const deadline = Date.now() + within * 1000;
    for (;;) {
      if (this.signal.stopped) throw new Stopped();
      const seen = look();
      if (seen) return seen;
      if (Date.now() > deadline) throw new NotSeen(what, within);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }

  // --- what is new to a person

  chatsOf(phone) {
    const holder = phone.viewer();
    return holder ? [holder, ...this.world.groupsOf(holder).map(({ id }) => id)] : [];
  }

  itemsOf(phone) {
    return this.chatsOf(phone).flatMap((chat) => [...(this.world.messages.get(chat)?.values() ?? [])]);
  }

  remember(role) {
    this.before.set(role, new Set(this.itemsOf(this.phones[role])));
  }

  /** Messages by others that came or changed since this person acted. */
  news(phone) {
    const before = this.before.get(phone.role);
    return this.itemsOf(phone).filter((item) => !before.has(item) && item.message.from?.id !== phone.viewer());
  }

  onScreen(phone, item) {
    const { chat, thread } = phone.place();
    if (phone.screen().kind !== "chat" || item.chat_id !== chat) return null;
    if (this.world.chats.get(chat)?.is_forum && (item.thread ?? null) !== thread) return null;
    return phone.conversation.find(item.message_id);
  }

  seenOnScreen(phone, pattern) {
    return this.news(phone).find((item) => this.onScreen(phone, item) && textOf(item).search(pattern) >= 0);
  }

  // --- hands

  async press(button) {
    this.remember(this.step.who);
    await pressOn(button);
    if (this.signal.stopped) throw new Stopped();
  }

  find(testid) {
    return this.phone.node.querySelector(`[data-testid="${testid}"]`);
  }

  visible(testid) {
    const node = this.find(testid);
    return node?.checkVisibility() ? node : null;
  }

  async write(text) {
    const input = await this.see(() => this.visible("input"), t("message"));
    await typeInto(input, text);
    await this.press(this.find("send"));
  }

  buttonsFor(pattern) {
    const all = this.phone.node.querySelectorAll('[data-testid="inline-button"], [data-testid="reply-button"]');
    return [...all].filter((button) => button.checkVisibility() && button.textContent.search(pattern) >= 0);
  }

  // --- steps

  async do_arrive({ name, language }) {
    await this.arrive({ name, language });
    this.remember(this.step.who);
  }

  async do_start() {
    await this.press(await this.see(() => this.visible("start"), t("start")));
  }

  async do_say({ text }) {
    await this.write(text);
  }

  async do_press({ press, nth = -1 }) {
    await this.press(await this.see(() => this.buttonsFor(press).at(nth), press));
  }

  /** Earlier customers, as many as there are stories; who told theirs in a scene before does not come again. */
  async do_past({ stories }) {
    const known = new Set(this.world.customers().map((user) => this.world.nameOf(user)));
    for (const [name, text] of stories.filter(([one]) => !known.has(one))) {
      const { id } = await act({ do: "create_user", name, language_code: "zh-hans" });
      await act({ do: "start", user: id });
      await act({ do: "say", user: id, chat: id, text });
      await this.beat(60);
    }
    const heard = () => stories.every(([name]) => this.heardBack(name));
    await this.see(heard, t("bot"), 60);
  }

  /** Whether the bot has answered somebody of that name. */
  heardBack(name) {
    const user = this.world.customers().find((one) => this.world.nameOf(one) === name);
    const said = [...(this.world.messages.get(user?.id)?.values() ?? [])];
    const told = said.findIndex((item) => !item.from_bot && (item.message.text ?? "").length > 8);
    return told >= 0 && said.slice(told).some((item) => item.from_bot);
  }

  async do_attach({ what }) {
    await this.press(await this.see(() => this.visible("attach"), t("attach")));
    await this.press(await this.see(() => this.visible(`do-attach-${what}`), what));
  }

  async do_wait({ wait_for: pattern }) {
    const { phone } = this;
    const item = await this.see(() => this.seenOnScreen(phone, pattern), pattern);
    phone.conversation.jump(item.message_id);
  }

  async do_show({ wait_for: pattern, mark }) {
    const { phone } = this;
    const item = await this.see(() => this.news(phone).findLast((one) => textOf(one).search(pattern) >= 0), pattern);
    phone.light();
    await this.openPlaceOf(item);
    await this.see(() => this.onScreen(phone, item), pattern);
    phone.conversation.jump(item.message_id);
    if (mark) markWords(phone.conversation.find(item.message_id), mark);
  }

  /** Through the lists, as a person would go. */
  async openPlaceOf(item) {
    const { phone } = this;
    if (this.onScreen(phone, item)) return;
    const row = this.world.chats.get(item.chat_id)?.is_forum ? `topic-${item.thread ?? "general"}` : `chat-${item.chat_id}`;
    const inOtherChat = () => phone.screen().kind !== "chats" && phone.screen().chat !== item.chat_id;
    while (phone.screen().kind === "chat" || inOtherChat()) await pressOn(this.find("back"));
    if (phone.screen().kind === "chats" && row.startsWith("topic-")) await pressOn(this.find(`chat-${item.chat_id}`));
    await pressOn(await this.see(() => this.visible(row), row));
  }

  async do_reply({ to, text }) {
    const { phone } = this;
    const { chat, thread } = phone.place();
    const target = await this.see(
      () => this.world.at({ chat, thread }).findLast((item) => item.message.from?.id !== phone.viewer() && textOf(item).search(to) >= 0),
      to,
    );
    phone.conversation.jump(target.message_id);
    await this.press(phone.conversation.find(target.message_id).querySelector('[data-testid="quick-reply"]'));
    await this.write(text);
  }

  async do_answer({ answers, until }) {
    const { phone } = this;
    const given = new Map();
    while (!this.seenOnScreen(phone, until)) {
      const answer = await this.see(() => this.seenOnScreen(phone, until) || this.fitting(answers, given), until);
      if (!answers.includes(answer)) break;
      await this.beat(SETTLED);
      const button = answer.press && this.freshButton(answer.press);
      if (answer.press && !button) continue; // drawn anew meanwhile: the question was answered already
      given.set(answer, (given.get(answer) ?? 0) + 1);
      await (button ? this.press(button) : this.write(answer.text));
    }
    await this.do_wait({ wait_for: until });
  }

  /** The first answer that fits the newest message since the last one was given. */
  fitting(answers, given) {
    const newest = this.news(this.phone).filter((item) => this.onScreen(this.phone, item)).at(-1);
    if (!newest) return null;
    const fits = ({ press, asked }) => (press ? this.freshButton(press) : textOf(newest).search(asked) >= 0);
    return answers.find((answer) => (given.get(answer) ?? 0) < TRIES && fits(answer));
  }

  /** A button under a message that is new, or on the reply keyboard; never one of a question answered already. */
  freshButton(pattern) {
    const fresh = new Set(this.news(this.phone).map((item) => this.onScreen(this.phone, item)));
    const untapped = (button) => !button.textContent.startsWith(TAPPED);
    return this.buttonsFor(pattern).filter(untapped).findLast((button) => {
      const message = button.closest("[data-message-id]");
      return !message || fresh.has(message);
    });
  }

  /** The whole of a long move: the clock stops at everything due on its way. */
  async do_day({ press }) {
    this.remember(this.step.who);
    await pressOn(document.querySelector(`[data-testid="clock-${press}"]`));
    const ribbon = document.querySelector('[data-testid="ribbon"]');
    await this.see(() => !ribbon.classList.contains("moving"), press, 60);
  }

  async do_clock({ press, until, most = 1 }) {
    const { phone } = this;
    this.remember(this.step.who);
    const button = document.querySelector(`[data-testid="clock-${press}"]`);
    for (let i = 1; i <= most; i += 1) {
      await pressOn(button);
      if (this.signal.stopped) throw new Stopped();
      if (!until) return;
      const seen = await this.see(() => this.seenOnScreen(phone, until), until, i === most ? WITHIN : 2.5).catch((error) => {
        if (error instanceof Stopped || i === most) throw error;
      });
      if (seen) return phone.conversation.jump(seen.message_id);
    }
  }
}
