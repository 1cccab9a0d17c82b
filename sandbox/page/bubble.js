// One message (or one album) as a list item.

import { el, icon } from "./dom.js";
import { rich } from "./entities.js";
import { drawAlbum, drawMedia, kindOf, summary } from "./media.js";
import { serviceLine } from "./service.js";
import { hourOf } from "./time.js";
import { named, t } from "./words.js";

const COLOURS = 7;

export const colourOf = (id) => Math.abs(id) % COLOURS;

const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

const authorOf = (message) => message.sender_chat?.title ?? (message.from ? fullName(message.from) : "");

function quoted(message, context) {
  const target = message.reply_to_message;
  // In a topic even a plain message "replies" to the topic's creation message.
  if (!target || target.forum_topic_created) return null;
  const words = message.quote?.text ?? summary(target);
  const jump = () => context.jump(target.message_id);
  return el(
    "button",
    { type: "button", class: `quote tone-${colourOf(target.from?.id ?? 0)}`, onclick: jump, "data-testid": "quote" },
    el("strong", {}, authorOf(target)),
    el("span", {}, words),
  );
}

function originName({ forward_origin: origin }) {
  return origin.sender_user ? fullName(origin.sender_user) : (origin.sender_user_name ?? origin.sender_chat?.title ?? origin.chat?.title);
}

function inlineKeyboard(item, context) {
  const rows = item.message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const button = (key, row, col) => {
    const press = (event) => context.press(item, row, col, key, event.currentTarget);
    const props = { type: "button", "data-testid": "inline-button", "data-data": key.callback_data, onclick: press };
    return el("button", props, el("span", {}, key.text), key.url && icon("link"), key.copy_text && icon("copy"));
  };
  return el("div", { class: "keys" }, rows.map((keys, row) => el("div", {}, keys.map((key, col) => button(key, row, col)))));
}

function reactions(item, context) {
  if (item.reactions.length === 0) return null;
  const by = new Map();
  for (const { emoji, user_id } of item.reactions) by.set(emoji, [...(by.get(emoji) ?? []), user_id]);
  const chips = [...by].map(([emoji, users]) => {
    const mine = users.includes(context.viewer);
    const props = {
      type: "button",
      class: mine ? "reaction mine" : "reaction",
      "data-testid": "reaction",
      "aria-pressed": String(mine),
      "aria-label": `${emoji} ${users.map(context.nameOf).join(", ")}`,
      title: users.map(context.nameOf).join(", "),
      onclick: () => context.react(item, emoji),
    };
    return el("button", props, emoji, users.length > 1 && el("small", {}, String(users.length)));
  });
  return el("div", { class: "reactions" }, chips);
}

function stamp(item, mine) {
  const { message } = item;
  const node = el("span", { class: "stamp" });
  if (message.edit_date && !item.edit_hidden) node.append(`${t("edited")} `);
  node.append(hourOf(message.date));
  if (mine) node.append(icon("check"));
  return node;
}

function openMenuOn(node, open) {
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    open();
  });
  node.addEventListener("keydown", (event) => {
    if (event.target !== node || (event.key !== "Enter" && event.key !== "ContextMenu")) return;
    event.preventDefault(); // or the same key would press what the menu puts under it
    open();
  });
}

/** A swipe to the left, by touch, replies. */
function swipeToReply(node, reply) {
  let from = null;
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") from = event.clientX;
  });
  node.addEventListener("pointermove", (event) => {
    if (from !== null) node.style.transform = `translateX(${Math.max(-70, Math.min(0, event.clientX - from))}px)`;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    node.addEventListener(end, (event) => {
      if (from !== null && event.clientX - from < -50) reply();
      from = null;
      node.style.transform = "";
    });
  }
}

function serviceItem(item, line) {
  const props = { class: "service", "data-testid": "message", "data-message-id": item.message_id, "data-from": "service" };
  return el("li", props, el("span", {}, line));
}

function body(items, context) {
  const first = items[0];
  const withCaption = items.find(({ message }) => message.caption) ?? first;
  const text = withCaption.message.text ?? withCaption.message.caption;
  const entities = withCaption.message.entities ?? withCaption.message.caption_entities;
  const media = items.length > 1 ? drawAlbum(items, context) : drawMedia(first, context);
  const words = text && el("div", { class: "text", dir: "auto" }, rich(text, entities, context.follow));
  const above = first.message.show_caption_above_media;
  return above ? [words, media] : [media, words];
}

/**
 * `items`: one message, or an album's. `context`: viewer, inGroup, leads (first of a run by one sender),
 * and what can be done: press, react, menu, reply, jump, follow, show, toast, nameOf.
 */
export function drawMessage(items, context) {
  const item = items[0];
  const { message } = item;
  const kind = kindOf(message);
  const line = serviceLine(message, kind || message.text !== undefined);
  if (line) return serviceItem(item, line);

  const mine = !message.sender_chat && message.from?.id === context.viewer;
  const author = authorOf(message);
  const tone = colourOf(message.from?.id ?? 0);
  const bubble = el("div", { class: `bubble ${kind && !message.text ? `has-${kind}` : ""}` });
  if (context.inGroup && !mine && context.leads) bubble.append(el("strong", { class: `author tone-${tone}`, dir: "auto" }, author));
  if (message.forward_origin) bubble.append(el("span", { class: "forwarded" }, t("forwarded", { name: originName(message) })));
  bubble.append(...[quoted(message, context), ...body(items, context)].filter(Boolean));
  bubble.append(...[reactions(item, context)].filter(Boolean), stamp(items.at(-1), mine));

  const open = () => context.menu(items);
  const reply = () => context.reply(item);
  const act = (name, word, does) => named(el("button", { type: "button", class: "quick", onclick: does, "data-testid": `quick-${name}` }, icon(name)), word);
  const tools = el("div", { class: "tools" }, act("reply", "reply", reply), act("more", "more", open));
  const node = el("li", {
    class: `message ${mine ? "mine" : "theirs"} ${context.leads ? "leads" : ""}`,
    tabindex: "0",
    "data-testid": "message",
    "data-message-id": item.message_id,
    "data-from": mine ? "me" : item.from_bot ? "bot" : "other",
  });
  const column = el("div", { class: "column" }, el("div", { class: "line" }, bubble, tools), inlineKeyboard(item, context));
  if (context.inGroup && !mine) node.append(avatar(message.from?.id ?? 0, author, context.leads));
  node.append(column);
  openMenuOn(node, open);
  swipeToReply(column, reply);
  return node;
}

export function avatar(id, name, shown = true) {
  const letter = shown ? ([...name.trim()][0] ?? "?").toUpperCase() : "";
  return el("span", { class: shown ? `avatar fill-${colourOf(id)}` : "avatar empty", "aria-hidden": "true" }, letter);
}
