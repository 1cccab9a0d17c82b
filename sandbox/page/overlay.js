// What lies over a phone's screen for a moment: action sheets, dialogs, toasts, a picture in full.

import { el, icon } from "./dom.js";
import { named, t } from "./words.js";

const TOAST_LASTS = 3500;

export class Overlay {
  constructor() {
    this.node = el("div", { class: "overlay" });
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.node.append(this.toasts);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  close() {
    this.sheet?.remove();
    this.sheet = null;
    this.opener?.isConnected && this.opener.focus({ preventScroll: true });
  }

  open(content, kind, label) {
    this.close();
    this.opener = document.activeElement;
    const box = el("div", { class: kind, role: kind === "dialog" ? "alertdialog" : "dialog", "aria-label": label }, content);
    const veil = el("button", { type: "button", class: "veil", tabindex: "-1", onclick: () => this.close() });
    this.sheet = el("div", { class: `layer layer-${kind}` }, named(veil, "close"), box);
    this.node.append(this.sheet);
    box.querySelector("button, input")?.focus({ preventScroll: true });
  }

  toast(text) {
    const node = el("div", { class: "toast", "data-testid": "toast" }, text);
    this.toasts.append(node);
    setTimeout(() => node.remove(), TOAST_LASTS);
  }

  alert(text) {
    const ok = el("button", { type: "button", class: "primary", onclick: () => this.close() }, t("ok"));
    this.open([el("p", { "data-testid": "alert" }, text), ok], "dialog", text);
  }

  picture(src) {
    const shut = el("button", { type: "button", class: "picture-full", onclick: () => this.close() }, el("img", { src, alt: "" }));
    this.open([named(shut, "close")], "viewer", t("photo"));
  }

  /** Rows of {id, icon, label, note?, act}; `head` goes above them. */
  list(rows, label, head = []) {
    const buttons = rows.map(({ id, icon: name, label: text, note, act, danger }) =>
      el(
        "button",
        {
          type: "button",
          class: danger ? "sheet-row danger" : "sheet-row",
          "data-testid": `do-${id}`,
          onclick: () => {
            this.close();
            act();
          },
        },
        name && icon(name),
        el("span", {}, text, note && el("small", {}, note)),
      ),
    );
    this.open([head, el("div", { class: "sheet-rows" }, buttons)], "sheet", label);
  }
}
