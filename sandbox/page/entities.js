// Text with entities → nodes. Offsets count UTF-16 units, as JavaScript strings do.

import { el } from "./dom.js";
import { t } from "./words.js";

const PLAIN = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };
const BLOCKS = new Set(["PRE", "BLOCKQUOTE"]);
const ACTIVE = new Set(["url", "text_link", "mention", "text_mention", "email", "phone_number", "hashtag", "cashtag", "bot_command"]);

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") });
  const reveal = (event) => {
    if (node.classList.contains("shown")) return;
    event.stopPropagation();
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => event.key === "Enter" && reveal(event));
  return node;
}

function expandable() {
  const node = el("blockquote", { class: "expandable", tabindex: "0" });
  node.addEventListener("click", () => node.classList.toggle("open"));
  return node;
}

function wrapper(entity, text, onActive) {
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "expandable_blockquote") return expandable();
  if (ACTIVE.has(entity.type)) {
    const press = () => onActive(entity, text);
    return el("button", { type: "button", class: "inlink", onclick: press, title: entity.url ?? "" });
  }
  return el(PLAIN[entity.type] ?? "span");
}

function build(text, from, to, entities, onActive) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) continue;
    if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
    const inner = entities.slice(i + 1).filter((other) => other.offset < end);
    const node = wrapper(entity, text.slice(start, end), onActive);
    node.append(...build(text, start, end, inner, onActive));
    nodes.push(node);
    at = BLOCKS.has(node.tagName) && text[end] === "\n" ? end + 1 : end; // a block ends its line by itself
  }
  if (at < to) nodes.push(document.createTextNode(text.slice(at, to)));
  return nodes;
}

/** Nodes for a text; `onActive(entity, text)` is called when a link, mention or command is pressed. */
export function rich(text, entities = [], onActive = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, onActive);
}
