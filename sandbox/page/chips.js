// The chips above the phones and the line that tells how a scene goes.

import { el, icon } from "./dom.js";
import { NotSeen, Stopped } from "./player.js";
import { scenes } from "./scenes.js";
import { pick, t, worded } from "./words.js";

export class Chips {
  constructor(player) {
    this.player = player;
    this.buttons = scenes.map((scene) =>
      el("button", { type: "button", class: "chip", "data-testid": `chip-${scene.id}`, onclick: () => this.play(scene) }, icon("play"), el("span", {})),
    );
    this.line = el("p", { class: "scene-line", "data-testid": "scene-status", role: "status" });
    this.stopButton = worded(el("button", { type: "button", class: "small", "data-testid": "scene-stop", hidden: true, onclick: () => player.stop() }), "stop");
    const row = el("div", { class: "chip-row", role: "group" }, worded(el("span", { class: "chip-label" }), "try_this"), this.buttons);
    this.node = el("section", { class: "chips" }, row, el("div", { class: "scene-row" }, this.line, this.stopButton));
    this.say("idle", () => t("first_visit"));
    this.draw();
  }

  say(state, words) {
    this.words = words;
    this.line.dataset.state = state;
    this.line.textContent = words();
    this.stopButton.hidden = state !== "running";
  }

  async play(scene) {
    const run = {};
    this.run = run; // a later scene takes the line over
    let number = 0;
    const say = (state, words) => this.run === run && this.say(state, words);
    this.buttons.forEach((button, i) => button.classList.toggle("playing", scenes[i] === scene));
    try {
      await this.player.play(scene, (n, step) => {
        number = n;
        say("running", () => `${t("scene_playing")} ${n}/${scene.steps.length} · ${step.note ? pick(step.note) : pick(scene.title)}`);
      });
      say("done", () => t("scene_done"));
    } catch (error) {
      this.explain(error, number, say);
    }
    if (this.run === run) this.buttons.forEach((button) => button.classList.remove("playing"));
  }

  explain(error, n, say) {
    if (error instanceof Stopped) return say("idle", () => t("first_visit"));
    if (error instanceof NotSeen) return say("failed", () => t("scene_failed", { n, seconds: error.seconds, what: error.message }));
    console.error(error);
    return say("failed", () => t("scene_broken", { n, what: error.message }));
  }

  draw() {
    this.buttons.forEach((button, i) => button.lastChild.replaceChildren(pick(scenes[i].title)));
    this.line.textContent = this.words();
  }
}
