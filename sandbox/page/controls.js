// The bar at the top: desk time and its buttons, whether the bot is there, the page's language.

import { el, icon } from "./dom.js";
import { advanceClock } from "./link.js";
import { deskDate, deskTime, zoneName } from "./time.js";
import { chooseLanguage, language, LANGUAGES, named, t, worded } from "./words.js";

const STEPS = [
  ["+1m", "min1", 60],
  ["+5m", "min5", 300],
  ["+30m", "min30", 1800],
  ["+1d", "day1", 86400],
];

export class Controls {
  constructor(world, ribbon, onLanguage) {
    this.world = world;
    this.refused = [];
    this.time = el("strong", { "data-testid": "clock" });
    this.date = el("small");
    const steps = STEPS.map(([id, word, seconds]) =>
      worded(el("button", { type: "button", class: "small", "data-testid": `clock-${id}`, onclick: () => ribbon.during(() => advanceClock(seconds)) }), word),
    );
    const clock = named(el("div", { class: "clock", role: "group" }), "desk_time");
    clock.title = zoneName();
    clock.append(icon("clock"), el("span", { class: "clock-face" }, this.time, this.date), named(el("span", { class: "steps", role: "group" }, steps), "move_clock"));
    this.bot = el("span", { class: "pill", "data-testid": "bot-status", role: "status" });
    this.refusals = el("span", { class: "pill bad", "data-testid": "refused", hidden: true });
    this.tongue = named(el("select", { class: "small", "data-testid": "page-language" }), "page_language");
    this.tongue.append(...LANGUAGES.map(([id, name]) => el("option", { value: id, lang: id }, name)));
    this.tongue.value = language();
    this.tongue.addEventListener("change", () => {
      chooseLanguage(this.tongue.value);
      onLanguage();
    });
    const title = el("div", { class: "brand" }, worded(el("h1"), "title"), worded(el("p"), "subtitle"));
    this.node = el("header", { class: "top" }, title, clock, this.refusals, this.bot, this.tongue);
    setInterval(() => this.tick(), 500);
  }

  onRefused({ method, code, description }) {
    this.refused.push(`${method} ${code}: ${description}`);
  }

  tick() {
    const now = this.world.now();
    if (!now) return;
    this.time.textContent = deskTime(now);
    this.date.textContent = deskDate(now);
  }

  draw() {
    const { online, bot } = this.world;
    const word = !online ? "server_off" : bot?.connected ? "bot_on" : "bot_off";
    worded(this.bot, word);
    this.bot.classList.toggle("bad", word !== "bot_on");
    this.refusals.hidden = this.refused.length === 0;
    this.refusals.textContent = t("refused", { n: this.refused.length });
    this.refusals.title = this.refused.slice(-10).join("\n");
    this.tick();
  }
}
