// What a visitor sees of a scene's hand: the pointer that presses, letters that appear, words that are marked.

import { el } from "./dom.js";

const pace = Number(new URLSearchParams(location.search).get("pace") ?? 1);

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms * pace));

const pointer = el("div", { class: "pointer", hidden: true, "aria-hidden": "true" });
document.body.append(pointer);

export function hidePointer() {
  pointer.hidden = true;
}

/** Moves to a button, shows the press, presses it. */
export async function pressOn(button) {
  button.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = button.getBoundingClientRect();
  pointer.hidden = false;
  pointer.style.translate = `${box.left + Math.min(box.width / 2, 90)}px ${box.top + box.height / 2}px`;
  await rest(420);
  pointer.classList.add("down");
  button.classList.add("pointed");
  await rest(180);
  button.click();
  await rest(160);
  pointer.classList.remove("down");
  button.classList.remove("pointed");
}

export async function typeInto(input, text) {
  input.focus({ preventScroll: true });
  const letters = [...text];
  const each = Math.min(45, 1600 / letters.length);
  for (const letter of letters) {
    input.value += letter;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await rest(each);
  }
}

function rangesOf(node, pattern) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let length = 0;
  while (walker.nextNode()) {
    pieces.push({ node: walker.currentNode, from: length });
    length += walker.currentNode.length;
  }
  const place = (index) => {
    const piece = pieces.findLast(({ from }) => from <= index);
    return [piece.node, index - piece.from];
  };
  return [...node.textContent.matchAll(pattern)].map((match) => {
    const range = new Range();
    range.setStart(...place(match.index));
    const [last, offset] = place(match.index + match[0].length - 1);
    range.setEnd(last, offset + 1);
    return range;
  });
}

/** Runs a marker over the words, without touching the message. */
export function markWords(node, pattern) {
  if (globalThis.Highlight) CSS.highlights.set("marked", new Highlight(...rangesOf(node, pattern)));
}

export function unmarkWords() {
  if (globalThis.Highlight) CSS.highlights.delete("marked");
}
