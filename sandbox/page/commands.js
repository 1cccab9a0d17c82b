// Which bot commands a person is offered where: Telegram's order of scopes, then of languages.

const PRIVATE = ["chat", "all_private_chats", "default"];
const GROUP = ["chat_member", "chat", "chat_administrators", "all_chat_administrators", "all_group_chats", "default"];

function fits(scope, chat, user, isAdmin) {
  if (scope.chat_id !== undefined && scope.chat_id !== chat.id) return false;
  if (scope.user_id !== undefined && scope.user_id !== user.id) return false;
  return !scope.type.endsWith("chat_administrators") || isAdmin;
}

/** The commands for `user` in `chat`. */
export function commandsFor(world, chat, user) {
  const member = chat.members?.find(({ user_id }) => user_id === user.id);
  const isAdmin = ["creator", "administrator"].includes(member?.status);
  const order = chat.type === "private" ? PRIVATE : GROUP;
  const tongue = (user.language_code ?? "").split("-")[0];
  for (const type of order) {
    const sets = world.commands.filter(({ scope }) => scope.type === type && fits(scope, chat, user, isAdmin));
    const set = sets.find(({ language_code }) => language_code && language_code === tongue) ?? sets.find(({ language_code }) => !language_code);
    if (set && set.commands.length > 0) return set.commands;
  }
  return [];
}
