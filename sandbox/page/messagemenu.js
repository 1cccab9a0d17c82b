// What can be done with one message: react, reply, edit, copy, forward, pin, delete.

import { el } from "./dom.js";
import { t } from "./words.js";

const REACTIONS = ["👍", "❤", "👌", "👀", "🙏", "😡"];

function reactionRow(phone, item) {
  const allowed = phone.world.chats.get(item.chat_id)?.available_reactions ?? REACTIONS;
  const react = (emoji) => {
    phone.overlay.close();
    phone.react(item, emoji);
  };
  const buttons = allowed.slice(0, 6).map((emoji) =>
    el("button", { type: "button", "aria-label": t("react_with", { emoji }), "data-testid": `react-${emoji}`, onclick: () => react(emoji) }, emoji),
  );
  return el("div", { class: "sheet-emoji" }, buttons);
}

function forwardTargets(phone) {
  const viewer = phone.viewer();
  const bot = { label: phone.world.bot.first_name, note: t("private_chat"), to: { chat: viewer } };
  const groups = phone.world.groupsOf(viewer).flatMap((chat) => [
    { label: chat.title, note: chat.is_forum ? t("general") : undefined, to: { chat: chat.id } },
    ...(chat.is_forum ? chat.topics : []).map(({ thread, name }) => ({ label: chat.title, note: name, to: { chat: chat.id, thread } })),
  ]);
  return [bot, ...groups];
}

function chooseTarget(phone, items) {
  const from = items[0].chat_id;
  const rows = forwardTargets(phone).map(({ label, note, to }, i) => ({
    id: `forward-${i}`,
    label,
    note,
    act: async () => {
      for (const { message_id } of items) await phone.act({ do: "forward", from_chat: from, message: message_id, ...to });
    },
  }));
  phone.overlay.list(rows, t("forward_to"), el("h3", {}, t("forward_to")));
}

function copy(phone, text) {
  navigator.clipboard?.writeText(text).catch(() => {});
  phone.overlay.toast(t("copied"));
}

export function openMessageMenu(phone, items) {
  const item = items[0];
  const { message } = item;
  const text = message.text ?? message.caption;
  const mine = message.from?.id === phone.viewer();
  const each = (what) => items.forEach(({ message_id }) => phone.act({ do: what, message: message_id }));
  const rows = [
    { id: "reply", icon: "reply", label: t("reply"), act: () => phone.composer.reply(item) },
    mine && text !== undefined && { id: "edit", icon: "edit", label: t("edit"), act: () => phone.composer.edit(item) },
    text !== undefined && { id: "copy", icon: "copy", label: t("copy"), act: () => copy(phone, text) },
    { id: "forward", icon: "forward", label: t("forward"), act: () => chooseTarget(phone, items) },
    { id: "pin", icon: "pin", label: t("pin"), act: () => phone.act({ do: "pin", message: item.message_id }) },
    mine && { id: "delete", icon: "trash", label: t("delete"), danger: true, act: () => each("delete") },
  ];
  phone.overlay.list(rows.filter(Boolean), t("more"), reactionRow(phone, item));
}
