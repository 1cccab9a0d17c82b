// The page's own words: English, Simplified and Traditional Chinese. What people and the bot write is not here.

const WORDS = {
  title: ["The complaint desk", "投诉服务台", "客訴服務台"],
  subtitle: ["a live demo: three phones, one real bot", "现场演示：三部手机，一个真实的机器人", "現場展示：三支手機，一個真正的機器人"],
  try_this: ["Try this", "试一试", "試試看"],
  first_visit: [
    "Press a chip to watch a short scene with real clicks, or just type in the customer’s phone.",
    "点一个场景，看真实的点击过程；也可以直接在顾客的手机里打字。",
    "點一個情境，看真實的操作過程；也可以直接在顧客的手機裡打字。",
  ],
  page_language: ["Page language", "页面语言", "頁面語言"],
  desk_time: ["Desk time", "服务台时间", "服務台時間"],
  move_clock: ["Move the clock forward", "把时钟拨快", "把時鐘調快"],
  min1: ["+1 min", "+1 分钟", "+1 分鐘"],
  min5: ["+5 min", "+5 分钟", "+5 分鐘"],
  min30: ["+30 min", "+30 分钟", "+30 分鐘"],
  day1: ["+1 day", "+1 天", "+1 天"],
  ribbon: ["On the way", "途中", "途中"],
  ribbon_list: ["What the bot said on the way, by the minute", "途中机器人说了什么，精确到分钟", "途中機器人說了什麼，精確到分鐘"],
  ribbon_count: ["{n} messages", "{n} 条消息", "{n} 則訊息"],
  ribbon_none: ["Nothing was due in this time.", "这段时间没有到点的事。", "這段時間沒有到點的事。"],
  ribbon_close: ["Close", "关闭", "關閉"],
  bot_on: ["Bot connected", "机器人已连接", "機器人已連線"],
  bot_off: ["Bot not connected", "机器人未连接", "機器人未連線"],
  server_off: ["Server not reached", "连接不上服务器", "連不上伺服器"],
  refused: ["{n} refused calls", "{n} 个调用被拒绝", "{n} 個呼叫被拒絕"],
  customer: ["Customer", "顾客", "顧客"],
  team: ["Staff team", "员工团队", "客服團隊"],
  admin: ["Admin", "管理员", "管理員"],
  customers: ["Customers", "顾客列表", "顧客清單"],
  new_customer: ["New customer", "新顾客", "新顧客"],
  customer_language: ["Customer’s Telegram language", "顾客的 Telegram 语言", "顧客的 Telegram 語言"],
  block: ["Block bot", "拉黑机器人", "封鎖機器人"],
  unblock: ["Unblock bot", "取消拉黑", "解除封鎖"],
  acting_as: ["Acting as", "扮演", "扮演"],
  admin_note: ["Private chat with the bot: rules and settings", "与机器人私聊：规则与设置", "與機器人私訊：規則與設定"],
  private_chat: ["Private chat with the bot", "与机器人私聊", "與機器人私訊"],
  no_customer: ["No customer yet", "还没有顾客", "還沒有顧客"],
  no_customer_hint: ["Open a customer’s phone to begin.", "新开一部顾客的手机就可以开始。", "新開一支顧客的手機就可以開始。"],
  no_team: ["No team chat yet", "还没有团队群", "還沒有團隊群組"],
  no_team_hint: [
    "Set up Alex (admin), Mei and Ravi with a group that has topics and the bot in it.",
    "建立 Alex（管理员）、Mei 和 Ravi，以及一个带话题、已加入机器人的群。",
    "建立 Alex（管理員）、Mei 和 Ravi，以及一個有主題、機器人已加入的群組。",
  ],
  set_up: ["Set up a team", "建立团队", "建立團隊"],
  no_admin: ["The team’s owner appears here.", "团队的群主会显示在这里。", "團隊的群主會顯示在這裡。"],
  no_messages: ["No messages yet", "还没有消息", "還沒有訊息"],
  choose_chat: ["Chats", "聊天", "聊天"],
  start: ["Start", "开始", "開始"],
  restart: ["Unblock and restart", "取消拉黑并重新开始", "解除封鎖並重新開始"],
  message: ["Message", "输入消息", "輸入訊息"],
  caption: ["Caption", "说明文字", "說明文字"],
  send: ["Send", "发送", "傳送"],
  attach: ["Attach", "附件", "附件"],
  commands: ["Bot commands", "机器人命令", "機器人指令"],
  keyboard: ["Show or hide the buttons", "显示或收起按钮", "顯示或收起按鈕"],
  back: ["Back", "返回", "返回"],
  close: ["Close", "关闭", "關閉"],
  cancel: ["Cancel", "取消", "取消"],
  ok: ["OK", "好", "好"],
  more: ["Message actions", "消息操作", "訊息操作"],
  reply: ["Reply", "回复", "回覆"],
  edit: ["Edit", "编辑", "編輯"],
  copy: ["Copy text", "复制文字", "複製文字"],
  forward: ["Forward", "转发", "轉傳"],
  forward_to: ["Forward to", "转发到", "轉傳到"],
  pin: ["Pin", "置顶", "置頂"],
  delete: ["Delete", "删除", "刪除"],
  react_with: ["React with {emoji}", "回应 {emoji}", "回應 {emoji}"],
  editing: ["Editing", "编辑消息", "編輯訊息"],
  edited: ["edited", "已编辑", "已編輯"],
  forwarded: ["Forwarded from {name}", "转发自 {name}", "轉傳自 {name}"],
  copied: ["Copied", "已复制", "已複製"],
  would_open: ["Would open {url}", "将会打开 {url}", "將會開啟 {url}"],
  failed: ["Not done: {why}", "没有成功：{why}", "沒有成功：{why}"],
  quote_gone: ["That message is not here any more", "那条消息已经不在了", "那則訊息已經不在了"],
  latest: ["To the latest message", "到最新消息", "到最新訊息"],
  device_file: ["Photo or file…", "照片或文件…", "照片或檔案…"],
  sample_photo: ["Sample photo", "示例照片", "範例照片"],
  sample_album: ["Sample album", "示例相册", "範例相簿"],
  sample_voice: ["Sample voice", "示例语音", "範例語音"],
  sample_document: ["Sample file", "示例文件", "範例檔案"],
  sticker: ["Sticker", "贴纸", "貼圖"],
  place: ["Location", "位置", "位置"],
  contact: ["Contact", "名片", "名片"],
  my_contact: ["My contact", "我的名片", "我的名片"],
  photo: ["Photo", "照片", "照片"],
  video: ["Video", "视频", "影片"],
  voice: ["Voice message", "语音消息", "語音訊息"],
  audio: ["Audio", "音频", "音訊"],
  document: ["File", "文件", "檔案"],
  animation: ["Animation", "动图", "動圖"],
  album: ["Album", "相册", "相簿"],
  dice: ["Dice", "骰子", "骰子"],
  location: ["Location", "位置", "位置"],
  unsupported: ["A message of a kind this page does not draw", "本页暂不显示的消息类型", "本頁還不顯示的訊息類型"],
  play: ["Play", "播放", "播放"],
  no_play: ["This recording cannot be played here", "这段录音无法在此播放", "這段錄音無法在此播放"],
  spoiler: ["Hidden text, press to show", "隐藏文字，点按显示", "隱藏文字，點一下顯示"],
  typing: ["{name} is typing", "{name} 正在输入", "{name} 正在輸入"],
  bot: ["bot", "机器人", "機器人"],
  members: ["{n} members", "{n} 位成员", "{n} 位成員"],
  general: ["General", "综合", "一般"],
  topics: ["Topics", "话题", "主題"],
  closed: ["closed", "已关闭", "已關閉"],
  unread: ["{n} unread", "{n} 条未读", "{n} 則未讀"],
  anonymous: ["Send anonymously", "匿名发送", "匿名傳送"],
  svc_topic_created: ["Topic “{name}” was created", "话题“{name}”已创建", "主題「{name}」已建立"],
  svc_topic_edited: ["Topic renamed “{name}”", "话题改名为“{name}”", "主題改名為「{name}」"],
  svc_topic_icon: ["Topic icon changed", "话题图标已更换", "主題圖示已更換"],
  svc_topic_closed: ["Topic closed", "话题已关闭", "主題已關閉"],
  svc_topic_reopened: ["Topic reopened", "话题已重新打开", "主題已重新開啟"],
  svc_joined: ["{name} joined the group", "{name} 加入了群组", "{name} 加入了群組"],
  svc_left: ["{name} left the group", "{name} 离开了群组", "{name} 離開了群組"],
  svc_group_created: ["Group “{name}” was created", "群组“{name}”已创建", "群組「{name}」已建立"],
  svc_title: ["Group renamed “{name}”", "群组改名为“{name}”", "群組改名為「{name}」"],
  svc_pinned: ["{name} pinned a message", "{name} 置顶了一条消息", "{name} 置頂了一則訊息"],
  svc_migrated: ["The group became a supergroup", "群组已升级为超级群", "群組已升級為超級群組"],
  svc_other: ["Service message: {name}", "系统消息：{name}", "系統訊息：{name}"],
  scene_playing: ["Playing", "播放中", "播放中"],
  scene_done: ["Scene finished. Everything here is live: carry on by hand.", "场景结束。这里的一切都是真的，可以继续自己操作。", "情境結束。這裡的一切都是真的，可以自己接著操作。"],
  scene_failed: ["Scene stopped at step {n}: not seen in {seconds} s: {what}", "场景停在第 {n} 步：{seconds} 秒内没有看到 {what}", "情境停在第 {n} 步：{seconds} 秒內沒有看到 {what}"],
  scene_broken: ["Scene stopped at step {n}: {what}", "场景停在第 {n} 步：{what}", "情境停在第 {n} 步：{what}"],
  stop: ["Stop", "停止", "停止"],
};

/** The page's languages, each named in itself. */
export const LANGUAGES = [
  ["en", "English"],
  ["zh-Hans", "简体中文"],
  ["zh-Hant", "繁體中文"],
];
const IDS = LANGUAGES.map(([id]) => id);
const LOCALES = { en: "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW" };

/** The browser's language; a choice made before on this page goes first. */
function atFirst() {
  const before = localStorage.getItem("page-language");
  if (IDS.includes(before)) return before;
  if (!navigator.language.startsWith("zh")) return "en";
  return /hant|tw|hk|mo/i.test(navigator.language) ? "zh-Hant" : "zh-Hans";
}
let chosen = atFirst();

export const language = () => chosen;
export const locale = () => LOCALES[chosen];

export function t(id, values = {}) {
  const sentence = WORDS[id][IDS.indexOf(chosen)];
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** One of [English, Simplified, Traditional]. */
export const pick = (three) => three[IDS.indexOf(chosen)];

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

export function chooseLanguage(id) {
  chosen = id;
  localStorage.setItem("page-language", chosen);
  document.documentElement.lang = locale();
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of document.querySelectorAll("[data-name]")) named(node, node.dataset.name);
}
