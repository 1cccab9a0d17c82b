// The strip above the customer's phone: who holds it, their language, block and unblock.

import { arrange, el, icon } from "./dom.js";
import { act } from "./link.js";
import { Phone } from "./phone.js";
import { named, t, worded } from "./words.js";

const LANGUAGES = [
  ["en", "English"],
  ["zh-hans", "简体"],
  ["zh-TW", "繁體（台灣）"],
  ["zh-HK", "繁體（香港）"],
];
const NAMES = { en: ["Ann", "Tom", "Priya", "Liam"], "zh-hans": ["王芳", "李雷", "张敏"], "zh-TW": ["林怡君", "陳志明"], "zh-HK": ["陳大文", "何詠詩"] };
const TABS = 30;

/** Whose phone a visitor finds first: somebody who speaks the browser's language, or the newest. */
function first(customers) {
  const theirs = { "zh-TW": "zh-TW", "zh-Hant": "zh-TW", "zh-HK": "zh-HK", "zh-MO": "zh-HK" }[navigator.language] ?? (navigator.language.startsWith("zh") ? "zh-hans" : "en");
  return customers.find(({ language_code: code }) => code === theirs) ?? customers.at(-1);
}

export class CustomerPhone {
  constructor(world) {
    this.world = world;
    this.phone = new Phone(world, { role: "customer", home: (user) => ({ kind: "chat", chat: user.id }), empty: () => this.empty() });
    this.tabs = named(el("div", { class: "tabs", role: "tablist" }), "customers");
    this.tabs.removeAttribute("title");
    this.tabNodes = new Map();
    this.newButton = el("button", { type: "button", class: "small", "data-testid": "new-customer", onclick: () => this.arrive() }, icon("plus"), worded(el("span"), "new_customer"));
    this.language = named(el("select", { class: "small", "data-testid": "customer-language" }), "customer_language");
    this.language.append(...LANGUAGES.map(([code, name]) => el("option", { value: code }, name)));
    this.language.addEventListener("change", () => this.speak(this.language.value));
    this.blockButton = worded(el("button", { type: "button", class: "small", "data-testid": "block", onclick: () => this.toggleBlock() }), "block");
    const [who, how] = [[this.tabs, this.newButton], [this.language, this.blockButton]];
    this.strip = el("div", { class: "strip" }, el("div", { class: "strip-row" }, who), el("div", { class: "strip-row" }, how));
  }

  empty() {
    const open = el("button", { type: "button", class: "primary", onclick: () => this.arrive() }, t("new_customer"));
    return [el("strong", {}, t("no_customer")), el("p", {}, t("no_customer_hint")), open];
  }

  /** A new customer takes the phone. */
  async arrive({ name, language = this.language.value || "en" } = {}) {
    const names = NAMES[language] ?? NAMES.en;
    const who = name ?? names[this.world.customers().length % names.length];
    const user = await act({ do: "create_user", name: who, language_code: language });
    this.world.users.set(user.id, user);
    this.phone.hold(user.id);
    return user;
  }

  async speak(code) {
    if (this.phone.viewer()) await this.phone.act({ do: "language", language_code: code });
  }

  async toggleBlock() {
    await this.phone.act({ do: this.phone.user().blocked ? "unblock" : "block" });
  }

  tab(user) {
    if (!this.tabNodes.has(user.id)) {
      const props = { type: "button", role: "tab", class: "tab", "data-testid": `customer-${user.id}`, onclick: () => this.phone.hold(user.id) };
      this.tabNodes.set(user.id, el("button", props));
    }
    const node = this.tabNodes.get(user.id);
    const selected = user.id === this.phone.viewer();
    const unread = selected ? 0 : this.phone.unread({ chat: user.id });
    const mark = `${this.world.nameOf(user)} ${selected} ${unread}`;
    if (node.dataset.mark === mark) return node;
    node.dataset.mark = mark;
    node.setAttribute("aria-selected", String(selected));
    node.replaceChildren(el("span", { dir: "auto" }, this.world.nameOf(user)));
    if (unread > 0) node.append(el("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread)));
    if (selected) queueMicrotask(() => node.scrollIntoView({ block: "nearest", inline: "nearest" }));
    return node;
  }

  draw() {
    const customers = this.world.customers();
    if (!customers.some(({ id }) => id === this.phone.viewer())) this.phone.holder = first(customers)?.id ?? null;
    arrange(this.tabs, customers.slice(-TABS).map((user) => this.tab(user)));
    const user = this.phone.user();
    this.blockButton.hidden = !user;
    if (user) {
      const code = user.language_code ?? "en";
      this.language.value = LANGUAGES.some(([known]) => known === code) ? code : "en";
      worded(this.blockButton, user.blocked ? "unblock" : "block");
    }
    this.phone.draw();
  }
}
