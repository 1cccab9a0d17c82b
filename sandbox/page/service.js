// Service messages, as one line in the page's language.

import { t } from "./words.js";

const people = (users) => users.map(({ first_name, last_name }) => [first_name, last_name].filter(Boolean).join(" ")).join(", ");

const LINES = {
  forum_topic_created: (m) => t("svc_topic_created", { name: m.forum_topic_created.name }),
  forum_topic_edited: (m) =>
    m.forum_topic_edited.name ? t("svc_topic_edited", { name: m.forum_topic_edited.name }) : t("svc_topic_icon"),
  forum_topic_closed: () => t("svc_topic_closed"),
  forum_topic_reopened: () => t("svc_topic_reopened"),
  new_chat_members: (m) => t("svc_joined", { name: people(m.new_chat_members) }),
  left_chat_member: (m) => t("svc_left", { name: people([m.left_chat_member]) }),
  group_chat_created: (m) => t("svc_group_created", { name: m.chat.title }),
  supergroup_chat_created: (m) => t("svc_group_created", { name: m.chat.title }),
  new_chat_title: (m) => t("svc_title", { name: m.new_chat_title }),
  pinned_message: (m) => t("svc_pinned", { name: m.from ? people([m.from]) : m.chat.title }),
  migrate_to_chat_id: () => t("svc_migrated"),
  migrate_from_chat_id: () => t("svc_migrated"),
};

// Every message carries these; anything else that is neither text nor medium is a service field.
const ORDINARY = new Set([
  "message_id", "message_thread_id", "from", "sender_chat", "date", "chat", "is_topic_message", "edit_date", "text",
  "entities", "reply_to_message", "reply_markup", "quote", "has_protected_content", "sender_boost_count",
]);

/** The line, or null for an ordinary message (one with content that a bubble can draw). */
export function serviceLine(message, hasContent) {
  const known = Object.keys(LINES).find((field) => message[field]);
  if (known) return LINES[known](message);
  if (hasContent) return null;
  const name = Object.keys(message).find((field) => !ORDINARY.has(field));
  return name ? t("svc_other", { name: name.replaceAll("_", " ") }) : t("unsupported");
}
