// The scenes behind the chips, as data. player.js plays them; it knows no scene.
//
// A scene: {id, title, steps}. A step: {who, do, …}; who is "customer", "team" or "admin".
//   arrive  {name, language}      a new customer takes the customer's phone
//   start                         presses Start
//   say     {text}                types and sends
//   press   {press, nth?}         presses the newest button whose label matches, or the nth of them
//   past    {stories}             so many customers [name, story] came before: each really tells theirs
//   attach  {what}                sends a sample: photo, album, voice, document, location, contact
//   wait    {wait_for}            until a message that came or changed since this person last acted matches
//   show    {wait_for, mark?}     the same in any topic; opens that topic, pulses the message, marks the words
//   reply   {to, text}            the message's own Reply button, then types and sends
//   answer  {answers, until}      answers what is asked: {press}, or {asked, text}, the first that fits; until seen
//   day     {press}               presses a clock button and waits until all that was due on the way is done
//   clock   {press, until?, most?}  presses a clock button; with `until`, again till this person sees it
// Every step may have `within` (seconds to wait, 20), `rest` (ms to look at what came of it) and `note` (what the visitor is to look at).
// Titles and notes are [English, Simplified Chinese, Traditional Chinese].

const FILED = /已登记|都记下了|不再多问|已登記|都記下了|filed|it.s all in|leave the questions/i;
const BY_WHEN = /\d{1,2}:\d{2}/;
const UPDATE = /关于\s*C-\d+[^]*\d{1,2}:\d{2}/;
const TAKE = /Take|I.?ll go|接手|接单|接單|跟進|我去/i;

const HANDED_OVER = ["The staff phone lights up: the card says why it was passed on.", "员工手机亮起：卡片写明为什么转给人。", "員工的手機亮起：卡片寫明為什麼轉給真人。"];
const WHO_AND_WHEN = ["The customer sees who answers, and by when.", "顾客看到谁来答复、最晚什么时候。", "顧客看到由誰回覆、最晚什麼時候。"];

const ANSWERS_ZH = [
  { press: /人没事|没人受伤|没有人?受伤|无人受伤|没有受伤/ },
  { press: /都对|确认提交|^提交|没问题/ },
  { asked: /称呼/, text: "叫我王芳就行" },
  { asked: /订单|单号/, text: "订单号 8823-1907" },
  { asked: /哪家|门店|哪里买|在哪/, text: "人民路店" },
  { asked: /什么时候|哪天|日期|几号/, text: "11月3号买的，11月17号用的时候冒烟" },
  { asked: /联系方式|电话|手机/, text: "就在这里联系我" },
  { press: /退款|退钱/ },
  { asked: /希望|怎么处理|怎样解决|怎么解决/, text: "退款，不要换货" },
  { press: /说完了|就这些|讲完了|没有了/ },
  { press: /跳过|不确定/ },
];

const ANSWERS_EN = [
  { press: /all correct|send it|submit|looks right/i },
  { asked: /(call|address) you/i, text: "Ann" },
  { asked: /what was in|damaged|which (item|product)/i, text: "Books. Two of them are ruined." },
  { asked: /\bwhen\b/i, text: "Yesterday afternoon" },
  { asked: /order/i, text: "Order 8823-1907" },
  { asked: /where|which (branch|shop|store)/i, text: "Delivered to my home" },
  { asked: /reach you|phone|contact/i, text: "Here is fine" },
  { press: /replace|exchange/i },
  { asked: /put (this|it) right/i, text: "Replace the two books and make sure it stops" },
  { press: /that.?s all|nothing else|no, that/i },
  { press: /don.?t have|skip|not sure/i },
];

const regulator = {
  id: "12315",
  title: ["再不处理我就找12315", "再不处理我就找12315", "再不处理我就找12315"],
  steps: [
    { who: "customer", do: "arrive", name: "王芳", language: "zh-hans" },
    { who: "customer", do: "start" },
    { who: "customer", do: "wait", wait_for: /./ },
    { who: "customer", do: "say", text: "再不处理我就找12315" },
    { who: "team", do: "show", wait_for: /C-\d+[^]*12315/, mark: /12315/g, note: HANDED_OVER },
    { who: "customer", do: "wait", wait_for: BY_WHEN, note: WHO_AND_WHEN },
  ],
};

const blender = {
  id: "blender",
  title: ["Smoking blender (中文)", "破壁机冒烟了", "果汁機冒煙了（簡體）"],
  steps: [
    { who: "customer", do: "arrive", name: "王芳", language: "zh-hans" },
    { who: "customer", do: "start" },
    { who: "customer", do: "wait", wait_for: /./ },
    {
      who: "customer",
      do: "say",
      text: "我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。订单号 8823-1907，1299块。我不想换，要退钱。",
      note: ["Eight facts in one message: none of them is asked for again.", "一句话里八个事实，一个都不会再问。", "一句話裡八件事實，一件都不會再問。"],
    },
    { who: "customer", do: "answer", answers: ANSWERS_ZH, until: FILED },
    { who: "team", do: "show", wait_for: /C-\d+[^]*冒烟/, mark: /冒烟|1,?299/g, note: HANDED_OVER },
  ],
};

const wetBox = {
  id: "wet-box",
  title: ["A wet box, again", "书又湿了（英语）", "書又濕了（英文）"],
  steps: [
    { who: "customer", do: "arrive", name: "Ann", language: "en" },
    { who: "customer", do: "start" },
    { who: "customer", do: "wait", wait_for: /./ },
    { who: "customer", do: "say", text: "your delivery is a joke" },
    { who: "customer", do: "wait", wait_for: /./ },
    { who: "customer", do: "say", text: "third time!! box was wet again" },
    { who: "customer", do: "press", press: /that.?s all/i },
    {
      who: "customer",
      do: "answer",
      answers: ANSWERS_EN,
      until: FILED,
      note: ["Only what is missing is asked, one question at a time.", "只问缺的，一次一个问题。", "只問還缺的，一次一個問題。"],
    },
    { who: "team", do: "show", wait_for: /C-\d+[^]*Ann/ },
  ],
};

const table = {
  id: "table",
  title: ["Waiting at table 12 (粵語)", "等了一小时（粤语）", "等了一小時（粵語）"],
  steps: [
    { who: "customer", do: "arrive", name: "陳大文", language: "zh-HK" },
    { who: "customer", do: "start" },
    { who: "customer", do: "wait", wait_for: /./ },
    { who: "customer", do: "say", text: "搞咩呀你哋！！等咗成個鐘都未上菜，仲要話無記錄，叫經理出嚟！！！" },
    { who: "customer", do: "wait", wait_for: BY_WHEN, note: WHO_AND_WHEN },
    { who: "team", do: "show", wait_for: /C-\d+[^]*經理/, mark: /經理/g, note: HANDED_OVER },
    { who: "customer", do: "say", text: "尖沙咀 12號枱", note: ["No form: whatever is said next goes with the case.", "没有表格：接着说的都进这个个案。", "沒有表格：接著說的都放進這個案件。"] },
    { who: "team", do: "show", wait_for: /C-\d+[^]*12\s*號枱/, mark: /12\s*號枱/g },
  ],
};

const album = {
  id: "album",
  title: ["Photo album", "一组照片", "一組照片"],
  steps: [
    { who: "customer", do: "arrive", name: "Priya", language: "en" },
    { who: "customer", do: "start" },
    { who: "customer", do: "wait", wait_for: /./ },
    { who: "customer", do: "attach", what: "album" },
    { who: "customer", do: "say", text: "This is how order 8823-1907 arrived. Two books are ruined, please replace them." },
    { who: "customer", do: "answer", answers: ANSWERS_EN, until: FILED },
    { who: "team", do: "show", wait_for: /C-\d+[^]*Priya/, note: ["The card says that three pictures came with it.", "卡片上写着附有三张照片。", "卡片上寫著附了三張照片。"] },
  ],
};

const COMPLAINT_TO_TAKE = [
  { who: "customer", do: "arrive", name: "张敏", language: "zh-hans" },
  { who: "customer", do: "start" },
  { who: "customer", do: "wait", wait_for: /./ },
  { who: "customer", do: "say", text: "充电器用了两天就坏了，打电话没人接，再不处理我就找12315" },
  { who: "team", do: "show", wait_for: /C-\d+[^]*12315/, mark: /12315/g, note: HANDED_OVER },
];

const take = {
  id: "take",
  title: ["Staff answer", "员工接手并答复", "客服接手並回覆"],
  steps: [
    ...COMPLAINT_TO_TAKE,
    { who: "team", do: "press", press: TAKE },
    { who: "customer", do: "wait", wait_for: /./, note: ["The customer hears who has it.", "顾客知道谁在处理。", "顧客知道是誰在處理。"] },
    { who: "team", do: "reply", to: /充电器/, text: "张女士您好，您的充电器我来负责，今天就为您安排换新，麻烦告诉我收件地址。" },
    { who: "customer", do: "wait", wait_for: /安排换新/, note: ["A reply reaches the customer; anything else stays in the team.", "回复会到顾客那里；其余都只留在团队里。", "回覆會到顧客那裡；其餘都只留在團隊裡。"] },
  ],
};

const promise = {
  id: "promise",
  title: ["+30 min: promise kept", "拨快 30 分钟：说到做到", "調快 30 分鐘：說到做到"],
  steps: [
    ...COMPLAINT_TO_TAKE,
    { who: "customer", do: "wait", wait_for: BY_WHEN, note: WHO_AND_WHEN },
    {
      who: "customer",
      do: "clock",
      press: "+30m",
      until: UPDATE,
      most: 8,
      note: ["Nobody acts: the promised time brings an update and a new time.", "没有人动：到了答应的时间，顾客会收到进展和新的时间。", "沒有人動作：到了答應的時間，顧客會收到進度和新的時間。"],
    },
  ],
};

const PAST = [
  ["赵磊", "收银多扣了我120块，单号 8801-1001，昨天，要求退款"],
  ["钱雯", "结账多收了260元，单号 8801-1002，昨天，我要退钱"],
  ["孙涛", "你们多扣我480元，单号 8801-1003，前天，请退款"],
  ["李娜", "账单多收了560元，单号 8801-1004，昨天，请退给我"],
  ["周强", "扣款多了640元，单号 8801-1005，昨天，要求退款"],
  ["吴敏", "多收了我720元，单号 8801-1006，前天，我要退款"],
  ["郑凯", "重复扣款880元，单号 8801-1007，昨天，请尽快退"],
  ["冯丽", "被多扣1299元，单号 8801-1008，昨天，要求退款"],
  ["陈浩", "账单多算了2400元，单号 8801-1009，前天，我要退款"],
  ["褚静", "小票少打了一件赠品，单号 8801-1010，昨天，补给我就行"],
  ["卫东", "店里音乐太吵，前天晚上在人民路店"],
  ["蒋芳", "送来的箱子压扁了，单号 8801-1012，昨天，想换一个"],
];
const AMOUNT = /\d\. (Large amount|金额较大|金額較大)/;
const MENU = /Menu|主菜单|主選單/;
const APPLY = [
  { who: "admin", do: "press", press: /^(Apply|应用|套用)…|^Apply …/ },
  { who: "admin", do: "press", press: /✅ (Apply|应用|套用)/ },
];

const threshold = {
  id: "threshold",
  title: ["An admin lowers a threshold", "管理员调低一个门槛", "管理員調低一個門檻"],
  steps: [
    { who: "customer", do: "past", stories: PAST, note: ["Twelve customers complain, through the same bot: these are the past cases.", "先有十二位顾客通过同一个机器人投诉：这些就是过去的投诉。", "先有十二位顧客透過同一個機器人投訴：這些就是過去的案件。"] },
    { who: "customer", do: "clock", press: "+30m", note: ["Silence files what they told.", "不再说话，就按已说的登记。", "不再說話，就按已說的登記。"] },
    { who: "admin", do: "say", text: "/admin", note: ["Now the admin, in a private chat.", "现在轮到管理员，在私聊里。", "現在輪到管理員，在私訊裡。"] },
    { who: "admin", do: "press", press: /Rules|规则|規則/ },
    { who: "admin", do: "press", press: AMOUNT, rest: 1800, note: ["A rule reads as a sentence.", "一条规则就是一句话。", "一條規則就是一句話。"] },
    { who: "admin", do: "press", press: /❓/ },
    { who: "admin", do: "press", press: /the amount is at least|金额达到|金額達/ },
    { who: "admin", do: "press", press: /^(At least|至少)/ },
    { who: "admin", do: "press", press: /¥/, within: 10 },
    { who: "admin", do: "say", text: "500", note: ["¥1,000 becomes ¥500, in a draft: nothing is in force yet.", "¥1,000 改成 ¥500，只在草稿里，还没有生效。", "¥1,000 改成 ¥500，只在草稿裡，還沒有生效。"] },
    { who: "admin", do: "press", press: MENU },
    { who: "admin", do: "press", press: /Backtest|回测|回測/ },
    { who: "admin", do: "press", press: /200/ },
    { who: "admin", do: "wait", wait_for: /\d+ → \d+/, within: 60, rest: 3500, note: ["Counted just now on those cases: how many are handed off today, and how many would be.", "刚刚用这些投诉算出来的：现在转人工多少件，改后会是多少件。", "剛剛用這些案件算出來的：現在轉真人多少件，改後會是多少件。"] },
    { who: "admin", do: "press", press: /^C-\d+/, rest: 2500, note: ["Each case that differs says why.", "每一件不同的都写明原因。", "每一件不同的都寫明原因。"] },
    { who: "admin", do: "press", press: MENU },
    { who: "admin", do: "press", press: /Difference|差异|差異/ },
    ...APPLY,
    { who: "admin", do: "wait", wait_for: /Version \d+|版本 ?\d+|第 ?\d+ 版/, note: ["In force from now on, with who, when and what.", "从现在起生效，谁、何时、改了什么都有记录。", "從現在起生效，誰、何時、改了什麼都有記錄。"] },
    { who: "customer", do: "arrive", name: "沈洁", language: "zh-hans" },
    { who: "customer", do: "start" },
    { who: "customer", do: "wait", wait_for: /./ },
    { who: "customer", do: "say", text: "收银多扣了我600块，单号 8801-2001，昨天，要求退款" },
    { who: "customer", do: "answer", answers: ANSWERS_ZH, until: FILED },
    { who: "team", do: "show", wait_for: /C-\d+[^]*600/, mark: /600(\.00)?/g, rest: 3000, note: ["¥600 is a large amount now: handed to a supervisor, and the card says why.", "600 元现在算大额：转给主管，卡片写明原因。", "600 元現在算大額：轉給主管，卡片寫明原因。"] },
    { who: "admin", do: "press", press: /History|历史|歷史/, note: ["And back again.", "再退回去。", "再退回去。"] },
    { who: "admin", do: "press", press: /№/, nth: 1 },
    { who: "admin", do: "press", press: /↩️/ },
    ...APPLY,
    { who: "admin", do: "wait", wait_for: /Version \d+|版本 ?\d+|第 ?\d+ 版/, note: ["Undone: a new version that equals the old one.", "已退回：新的一版，内容与原来相同。", "已退回：新的一版，內容與原來相同。"] },
  ],
};

const day = {
  id: "day",
  title: ["+1 day: every promise", "拨快一天：每个承诺", "調快一天：每個承諾"],
  steps: [
    ...COMPLAINT_TO_TAKE,
    { who: "team", do: "press", press: TAKE },
    { who: "customer", do: "wait", wait_for: /./, note: ["Somebody has it now, and does nothing more.", "有人接手了，但之后什么也没做。", "有人接手了，但之後什麼也沒做。"] },
    {
      who: "customer",
      do: "day",
      press: "+1d",
      note: ["The ribbon above: the owner is warned, the supervisor alerted, the customer told honestly, each at its minute.", "看上方的时间带：负责人被提醒，主管收到警报，顾客得到如实的进展，都在各自的那一分钟。", "看上方的時間帶：負責人被提醒，主管收到警示，顧客得到如實的進度，都在各自的那一分鐘。"],
    },
    { who: "customer", do: "wait", wait_for: UPDATE },
  ],
};

export const scenes = [regulator, day, threshold, blender, wetBox, table, album, take, promise];
