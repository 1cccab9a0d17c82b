// The page's own words, English and Chinese. What people and the bot write is not here.

const WORDS = {
  title: ["The complaint desk", "投诉服务台"],
  subtitle: ["a live demo: three phones, one real bot", "现场演示：三部手机，一个真实的机器人"],
  try_this: ["Try this", "试一试"],
  first_visit: [
    "Press a chip to watch a short scene with real clicks, or just type in the customer’s phone.",
    "点一个场景，看真实的点击过程；也可以直接在顾客的手机里打字。",
  ],
  other_language: ["中文", "English"],
  page_language: ["Page language: switch to Chinese", "页面语言：切换为英文"],
  desk_time: ["Desk time", "服务台时间"],
  move_clock: ["Move the clock forward", "把时钟拨快"],
  min1: ["+1 min", "+1 分钟"],
  min5: ["+5 min", "+5 分钟"],
  min30: ["+30 min", "+30 分钟"],
  day1: ["+1 day", "+1 天"],
  bot_on: ["Bot connected", "机器人已连接"],
  bot_off: ["Bot not connected", "机器人未连接"],
  server_off: ["Server not reached", "连接不上服务器"],
  refused: ["{n} refused calls", "{n} 个调用被拒绝"],
  customer: ["Customer", "顾客"],
  team: ["Staff team", "员工团队"],
  admin: ["Admin", "管理员"],
  customers: ["Customers", "顾客列表"],
  new_customer: ["New customer", "新顾客"],
  customer_language: ["Customer’s Telegram language", "顾客的 Telegram 语言"],
  block: ["Block bot", "拉黑机器人"],
  unblock: ["Unblock bot", "取消拉黑"],
  acting_as: ["Acting as", "扮演"],
  admin_note: ["Private chat with the bot: rules and settings", "与机器人私聊：规则与设置"],
  private_chat: ["Private chat with the bot", "与机器人私聊"],
  no_customer: ["No customer yet", "还没有顾客"],
  no_customer_hint: ["Open a customer’s phone to begin.", "新开一部顾客的手机就可以开始。"],
  no_team: ["No team chat yet", "还没有团队群"],
  no_team_hint: [
    "Set up Alex (admin), Mei and Ravi with a group that has topics and the bot in it.",
    "建立 Alex（管理员）、Mei 和 Ravi，以及一个带话题、已加入机器人的群。",
  ],
  set_up: ["Set up a team", "建立团队"],
  no_admin: ["The team’s owner appears here.", "团队的群主会显示在这里。"],
  no_messages: ["No messages yet", "还没有消息"],
  choose_chat: ["Chats", "聊天"],
  start: ["Start", "开始"],
  restart: ["Unblock and restart", "取消拉黑并重新开始"],
  message: ["Message", "输入消息"],
  caption: ["Caption", "说明文字"],
  send: ["Send", "发送"],
  attach: ["Attach", "附件"],
  commands: ["Bot commands", "机器人命令"],
  keyboard: ["Show or hide the buttons", "显示或收起按钮"],
  back: ["Back", "返回"],
  close: ["Close", "关闭"],
  cancel: ["Cancel", "取消"],
  ok: ["OK", "好"],
  more: ["Message actions", "消息操作"],
  reply: ["Reply", "回复"],
  edit: ["Edit", "编辑"],
  copy: ["Copy text", "复制文字"],
  forward: ["Forward", "转发"],
  forward_to: ["Forward to", "转发到"],
  pin: ["Pin", "置顶"],
  delete: ["Delete", "删除"],
  react_with: ["React with {emoji}", "回应 {emoji}"],
  editing: ["Editing", "编辑消息"],
  edited: ["edited", "已编辑"],
  forwarded: ["Forwarded from {name}", "转发自 {name}"],
  copied: ["Copied", "已复制"],
  would_open: ["Would open {url}", "将会打开 {url}"],
  failed: ["Not done: {why}", "没有成功：{why}"],
  quote_gone: ["That message is not here any more", "那条消息已经不在了"],
  latest: ["To the latest message", "到最新消息"],
  device_file: ["Photo or file…", "照片或文件…"],
  sample_photo: ["Sample photo", "示例照片"],
  sample_album: ["Sample album", "示例相册"],
  sample_voice: ["Sample voice", "示例语音"],
  sample_document: ["Sample file", "示例文件"],
  sticker: ["Sticker", "贴纸"],
  place: ["Location", "位置"],
  contact: ["Contact", "名片"],
  my_contact: ["My contact", "我的名片"],
  photo: ["Photo", "照片"],
  video: ["Video", "视频"],
  voice: ["Voice message", "语音消息"],
  audio: ["Audio", "音频"],
  document: ["File", "文件"],
  animation: ["Animation", "动图"],
  album: ["Album", "相册"],
  dice: ["Dice", "骰子"],
  location: ["Location", "位置"],
  unsupported: ["A message of a kind this page does not draw", "本页暂不显示的消息类型"],
  play: ["Play", "播放"],
  no_play: ["This recording cannot be played here", "这段录音无法在此播放"],
  spoiler: ["Hidden text, press to show", "隐藏文字，点按显示"],
  typing: ["{name} is typing", "{name} 正在输入"],
  bot: ["bot", "机器人"],
  members: ["{n} members", "{n} 位成员"],
  general: ["General", "综合"],
  topics: ["Topics", "话题"],
  closed: ["closed", "已关闭"],
  unread: ["{n} unread", "{n} 条未读"],
  anonymous: ["Send anonymously", "匿名发送"],
  svc_topic_created: ["Topic “{name}” was created", "话题“{name}”已创建"],
  svc_topic_edited: ["Topic renamed “{name}”", "话题改名为“{name}”"],
  svc_topic_icon: ["Topic icon changed", "话题图标已更换"],
  svc_topic_closed: ["Topic closed", "话题已关闭"],
  svc_topic_reopened: ["Topic reopened", "话题已重新打开"],
  svc_joined: ["{name} joined the group", "{name} 加入了群组"],
  svc_left: ["{name} left the group", "{name} 离开了群组"],
  svc_group_created: ["Group “{name}” was created", "群组“{name}”已创建"],
  svc_title: ["Group renamed “{name}”", "群组改名为“{name}”"],
  svc_pinned: ["{name} pinned a message", "{name} 置顶了一条消息"],
  svc_migrated: ["The group became a supergroup", "群组已升级为超级群"],
  svc_other: ["Service message: {name}", "系统消息：{name}"],
  scene_playing: ["Playing", "播放中"],
  scene_done: ["Scene finished. Everything here is live: carry on by hand.", "场景结束。这里的一切都是真的，可以继续自己操作。"],
  scene_failed: ["Scene stopped at step {n}: not seen in {seconds} s: {what}", "场景停在第 {n} 步：{seconds} 秒内没有看到 {what}"],
  scene_broken: ["Scene stopped at step {n}: {what}", "场景停在第 {n} 步：{what}"],
  stop: ["Stop", "停止"],
};

const LANGUAGES = ["en", "zh"];
let chosen = localStorage.getItem("page-language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");

export const language = () => chosen;
export const locale = () => (chosen === "zh" ? "zh-CN" : "en-GB");

export function t(id, values = {}) {
  const sentence = WORDS[id][LANGUAGES.indexOf(chosen)];
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** One of {en, zh}. */
export const pick = (both) => both[chosen];

/** Makes `node` show the word `id`, now and after a switch of language. */
export function worded(node, id) {
  node.dataset.word = id;
  node.textContent = t(id);
  return node;
}

/** The same for a node's accessible name and tooltip. */
export function named(node, id) {
  node.dataset.name = id;
  node.setAttribute("aria-label", t(id));
  node.title = t(id);
  return node;
}

export function switchLanguage() {
  chosen = chosen === "en" ? "zh" : "en";
  localStorage.setItem("page-language", chosen);
  document.documentElement.lang = locale();
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of document.querySelectorAll("[data-name]")) named(node, node.dataset.name);
}
