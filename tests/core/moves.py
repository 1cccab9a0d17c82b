"""Random moves of people, time and Telegram, drawn by hypothesis and played in a small world.

A move is a plain tuple, so that a failing story shrinks and reads. Numbers in it pick from what
stands there at that moment (buttons shown, messages sent, cases open), so most moves make sense;
the rest are what nobody should do: stale, forged, doubled.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from bot.flows import events as e
from bot.flows.understanding import Facts
from bot.flows.understanding.facts import CATEGORIES, REMEDIES, SAFETY_KINDS, Found, Signal
from tests.core.small_world import (
    ADMIN,
    CUSTOMERS,
    MANAGER,
    MANAGERS,
    MEI,
    OTHER_GROUP,
    RAVI,
    SUPERVISOR,
    TEAM,
    SmallWorld,
)

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = (
    "你们的外卖洒了一半，订单号 8823-1907，128块",
    "我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。1299块，要退钱",
    "服务员态度太差了，骂人！人民广场店，昨天晚上",
    "再不处理我就找12315",
    "等咗成個鐘都未上菜，叫經理出嚟！！！",
    "转人工",
    "不知道",
    "跳过",
    "返回",
    "为什么问这个",
    "我说过了",
    "没了",
    "是的",
    "不是",
    "谢谢",
    "你好",
    "昨天",
    "13800138000",
    "1299",
    "8823-1907",
    "我孩子吃了过敏，全身起疹子",
    "吃完上吐下泻，三个人都食物中毒",
    "只是提个建议，希望菜单字大一点，不用回复",
    "进度",
    "撤销投诉",
    "繁體中文",
    "english",
    "your delivery is a joke",
    "third time!! box was wet again",
    "I will call my lawyer and the newspaper",
    "I want a refund of $1,299.99 for order A-77-1203 from 3 November",
    "5",
    "3分",
    "五",
    "😡😡😡",
    "😀" * 2048,
    "<b>bold</b> & <script>alert(1)</script> {name} %s",
    "\u202eabc\u202c \u200f\u200f",
    "C-1 C-2 s:take:1:",
    "//",
    "x" * 4096,
    "啊" * 4096,
    "&amp;&lt;" * 400,
    "\u2800",
    "改成11月5号，不是11月3号",
    "其实是2000块",
    "還有，他們還少送了一件",
    "我想投訴你哋嘅侍應，佢鬧我",
    "發票弄丟了，冷氣壞了三天，房間 1208",
    "信用卡被盜刷 NT$5,000",
    "有人被困電梯",
    "算了",
)

MEDIA = (
    e.Media("photo", "p1", "u1"),
    e.Media("photo", "p2", "u2", album="al1"),
    e.Media("video", "v2", "u3", album="al1"),
    e.Media("voice", "v1", "u4"),
    e.Media("sticker", "s1", "u5", extra={"emoji": "😡"}),
    e.Media("document", "d1", "u6", file_name="小票 <1>.pdf", size=30_000_000),
    e.Media("video_note", "n1", "u7"),
    e.Media("animation", "a1", "u8"),
    e.Media("audio", "m1", "u9"),
    e.Media("location", extra={"latitude": 31.2, "longitude": 121.5}),
    e.Media("contact", extra={"phone_number": "+8613800138000", "first_name": "Li"}),
    e.Media("poll", extra={"question": "?", "options": ["a", "b"]}),
    e.Media("dice", extra={"emoji": "🎲", "value": 3}),
    e.Media("other"),
)

CUSTOMER_COMMANDS = (
    "person",
    "cases",
    "add",
    "new",
    "here",
    "language",
    "withdraw",
    "privacy",
    "policy",
    "feedback",
    "?",
)
STAFF_COMMANDS = (
    "admin",
    "queue",
    "mine",
    "case",
    "why",
    "unsend",
    "setup",
    "rules",
    "need",
    "log",
)
FORGED = (
    "",
    "c",
    "c:",
    "c:a",
    "c:a:1:what:nothing",
    "c:a:1:when:today",
    "c:m:1:9",
    "c:m:1:5",
    "c:e:1:yes",
    "c:e:2:no",
    "c:o:1:",
    "c:u:1:",
    "c:w:1:yes",
    "c:s:1:yes",
    "c:s:2:change",
    "c:r:1:=",
    "c:r:1:nonsense",
    "c:d:1:hurt",
    "c:d:1:safe",
    "c:g:1:billing",
    "c:k:1:feedback",
    "c:x:1:101",
    "c:b:1-101-2:",
    "c:b:²-1-1:",
    "c:h:1:=",
    "c:+:1:",
    "c:n:1:call",
    "c:p:0:2",
    "c:p:0:5",
    "c:p:0:9",
    "c:n:0:l-zh_Hant",
    "c:n:0:l-tlh",
    "c:x:1:²",
    "c:m:²:5",
    "c:zz:1:2:3:4:5",
    "\u2028:🎲",
)
FORGED_STAFF = (
    "s:",
    "s:take:1:",
    "s:take:99:",
    "s:release:1:",
    "s:transfer:1:12",
    "s:transfer:1:nobody",
    "s:transfer:1:999",
    "s:transfer:1:",
    "s:accept:1:",
    "s:decline:1:",
    "s:grade:1:severe",
    "s:grade:1:nonsense",
    "s:ask:1:contact",
    "s:ask:1:nonsense",
    "s:resolve:1:",
    "s:resolve:1:plain",
    "s:anyway:1:resolve+",
    "s:anyway:1:nonsense",
    "s:sendnow:1:7",
    "s:sendnote:1:²",
    "s:keepnote:1:",
    "s:resolve:1:anyway",
    "s:verify:1:order",
    "s:verify:1:nonsense",
    "s:responsibility:1:ours",
    "s:responsibility:1:nonsense+anyway",
    "s:checks:1:",
    "s:told:1:",
    "s:for:1:e:yes",
    "s:for:1:m:2",
    "s:for:1:w:yes",
    "s:for:1:",
    "s:reopen:1:",
    "s:reply:1:",
    "s:note:1:",
    "s:refuse:1:",
    "s:prompt:1:refuse",
    "s:prompt:1:nonsense",
    "s:prompt:1:ask+free",
    "s:more:1:",
    "s:tomenu:1:",
    "s:grademenu:1:",
    "s:askmenu:1:",
    "s:hand_off:1:",
    "s:²:²:²",
    "r:team:-1003",
    "r:managers:-1003",
    "r:team:²",
    "r:",
    "a:",
    "a:a:1:0",
)
LENGTHS = (
    timedelta(seconds=1),
    timedelta(seconds=25),
    timedelta(minutes=6),
    timedelta(minutes=20),
    timedelta(hours=3),
    timedelta(days=1),
    timedelta(days=9),
)
VERDICTS = ("gone", "rejected", "topic_lost", "topic_closed", "room_lost")

DEEDS = (
    *("take", "release", "resolve", "resolve:anyway", "reopen", "grade:minor"),
    *("told", "for:e:yes", "for:e:no", "for:m:5", "for:m:1"),
    *("ask:contact", "ask:order", "verify:goods", "responsibility:ours+anyway"),
)
PHONED = (
    ("take", "told"),
    ("take", "ask:contact"),
    ("take", "resolve:anyway", "for:e:no"),
    ("take", "resolve:anyway", "for:e:yes", "for:m:5"),
    ("take", "resolve:anyway", "for:e:yes", "for:m:1"),
)
"""What staff press one after the other as they speak with a customer who has no chat here."""
WISHES = (
    "s:yes",
    "s:change",
    "e:yes",
    "e:no",
    "m:5",
    "m:2",
    "o:",
    "u:",
    "w:yes",
    "d:safe",
    "d:hurt",
)
PROMPTS = ("progress", "resolve", "refuse", "ask+free", "need")

N = st.integers(0, 60)
USER = st.sampled_from((*CUSTOMERS, *CUSTOMERS, MANAGER, ADMIN))
COLLEAGUE = st.sampled_from((MEI, RAVI, SUPERVISOR, MANAGER, ADMIN, 15))
ROOM = st.sampled_from((TEAM, TEAM, TEAM, MANAGERS, OTHER_GROUP, MANAGER, ADMIN))


def signals() -> st.SearchStrategy[Signal]:
    return st.builds(
        Signal,
        name=st.sampled_from(("safety", "human", "anger", "threat_legal", "threat_media")),
        text=st.sampled_from(("冒烟", "<b>", "找律师", "&", "经理")),
        start=st.just(0),
        end=st.just(2),
        kind=st.none() | st.sampled_from(SAFETY_KINDS),
    )


FOUND = st.sampled_from(
    tuple(
        Found(slot=slot, value=value, text=text, start=0, end=1, confidence=0.8, **more)
        for slot, value, text, more in (
            ("when", "2026-11-17", "昨天", {}),
            ("when", "2026-11", "本月", {"guessed": True}),
            ("when", "2026-11-17T19:30", "昨晚七点半", {"kind": "past"}),
            ("amount", "129900", "1299块", {"currency": "CNY"}),
            ("amount", "99999999999999", "很多", {"currency": "JPY"}),
            ("amount", "5", "5", {"currency": None, "kind": "mentioned"}),
            ("reference", "A<1>&", "A<1>&", {"kind": "order"}),
            ("phone", "+8613800138000", "13800138000", {"kind": "customer"}),
            ("phone", "+864008123123", "400-812-3123", {"kind": "company"}),
            ("email", "a@b.cn", "a@b.cn", {}),
            ("quantity", "3", "三个", {"unit": "个"}),
            ("product", "破壁机" * 60, "破壁机", {}),
            ("place", "12号枱", "12号枱", {"kind": "table"}),
            ("place", "人民广场店", "人民广场店", {"kind": "branch", "guessed": True}),
            ("person", "小王", "小王", {"kind": "staff"}),
            ("person", "我妈", "我妈", {"kind": "customer"}),
        )
    )
)
INTENTS = st.sampled_from(
    (
        "yes",
        "no",
        "done",
        "skip",
        "not_sure",
        "back",
        "why_ask",
        "already_told",
        "thanks",
        "greeting",
        "help",
        "status",
        "withdraw",
        "cancel",
        "call_me",
        "language_zh_Hant",
        "what",
    )
)
FACTS = st.builds(
    Facts,
    language=st.sampled_from(("", "en", "zh_Hans", "zh_Hant")),
    found=st.lists(FOUND, max_size=4).map(tuple),
    incident=st.sampled_from((None, "2026-11-17", "2026-11", "2025-01-01")),
    incident_time=st.sampled_from((None, "19:30")),
    remedies=st.lists(st.sampled_from(REMEDIES), max_size=2).map(tuple),
    remedies_rejected=st.lists(st.sampled_from(REMEDIES), max_size=2).map(tuple),
    category=st.sampled_from(CATEGORIES),
    category_confidence=st.sampled_from((0.0, 0.5, 0.7, 1.0)),
    kind=st.sampled_from(("complaint", "feedback")),
    kind_confidence=st.sampled_from((0.5, 0.9)),
    signals=st.lists(signals(), max_size=2).map(tuple),
    intents=st.lists(INTENTS, max_size=2).map(tuple),
)

MOVE = st.one_of(
    st.tuples(st.just("say"), USER, st.sampled_from(WORDS), st.none() | N),
    st.tuples(st.just("say"), st.sampled_from(CUSTOMERS), st.sampled_from(WORDS), st.none()),
    st.tuples(st.just("tell"), USER, FACTS),
    st.tuples(st.just("send"), USER, st.sampled_from(MEDIA), st.sampled_from(("", *WORDS[:4]))),
    st.tuples(st.just("press"), USER, N),
    st.tuples(st.just("press_last"), st.sampled_from(CUSTOMERS), st.integers(0, 7)),
    st.tuples(st.just("press_last"), st.sampled_from(CUSTOMERS), st.integers(0, 7)),
    st.tuples(st.just("forge"), USER, st.sampled_from(FORGED)),
    st.tuples(st.just("edit"), USER, N, st.sampled_from(WORDS)),
    st.tuples(st.just("command"), USER, st.sampled_from(CUSTOMER_COMMANDS)),
    st.tuples(
        st.just("start"), USER, st.sampled_from(("", "table-12", "<b>", "pulse", "pulse_centre"))
    ),
    st.tuples(st.just("block"), USER, st.booleans()),
    st.tuples(st.just("staff_press"), COLLEAGUE, N),
    st.tuples(st.just("does"), COLLEAGUE, st.sampled_from(DEEDS), st.integers(0, 5)),
    st.tuples(st.just("does"), COLLEAGUE, st.sampled_from(DEEDS), st.integers(0, 5)),
    st.tuples(st.just("hands_over"), COLLEAGUE, st.booleans(), st.integers(0, 5)),
    st.tuples(st.just("with_words"), COLLEAGUE, st.sampled_from(PROMPTS), st.integers(0, 5)),
    st.tuples(st.just("answers"), COLLEAGUE, st.sampled_from(WORDS), st.integers(0, 5)),
    st.tuples(st.just("wishes"), st.sampled_from(WISHES), st.integers(0, 5)),
    st.tuples(st.just("wishes"), st.sampled_from(WISHES), st.integers(0, 5)),
    st.tuples(st.just("wishes"), st.just("k:feedback"), st.integers(0, 5)),
    st.tuples(
        st.just("staff_forge"), COLLEAGUE, ROOM, st.sampled_from(FORGED_STAFF), st.booleans()
    ),
    st.tuples(st.just("reply"), COLLEAGUE, N, st.sampled_from(WORDS), st.integers(0, 9)),
    st.tuples(st.just("reply"), COLLEAGUE, N, st.sampled_from(WORDS), st.integers(0, 9)),
    st.tuples(st.just("talk"), COLLEAGUE, ROOM, st.sampled_from(WORDS), N),
    st.tuples(st.just("staff_edit"), COLLEAGUE, N, st.sampled_from(WORDS)),
    st.tuples(st.just("staff_react"), COLLEAGUE, N),
    st.tuples(st.just("staff_deletes"), N),
    st.tuples(st.just("ask_desk"), COLLEAGUE, ROOM, st.sampled_from(STAFF_COMMANDS), N),
    st.tuples(st.just("takes_down"), COLLEAGUE, ROOM, st.sampled_from(WORDS), N),
    st.tuples(st.just("joins"), st.sampled_from(CUSTOMERS), N),
    st.tuples(st.just("phones"), COLLEAGUE, st.sampled_from(PHONED), N),
    st.tuples(st.just("pass"), st.sampled_from(LENGTHS), st.booleans()),
    st.tuples(st.just("pass"), st.sampled_from(LENGTHS), st.just(value=True)),
    st.tuples(st.just("fail"), N, st.sampled_from(VERDICTS)),
    st.tuples(st.just("room"), st.integers(0, 6), ROOM),
    st.tuples(st.just("again"), N),
    st.tuples(st.just("wake_any"), N),
)


def play(world: SmallWorld, moves: list[tuple[Any, ...]]) -> None:
    """Play a story."""
    for name, *rest in moves:
        MOVES[name](world, *rest)


def _of(world: SmallWorld, chat: int) -> list[Any]:
    return [one for one in world.standing if one.chat == chat]


def say(world: SmallWorld, user: int, text: str, reply: int | None) -> None:
    here = _of(world, user)
    target = here[-1 - reply % len(here)].message if here and reply is not None else None
    world.says(user, text, reply_to=target)


def tell(world: SmallWorld, user: int, facts: Facts) -> None:
    world.says(user, "这是一段话，<b>随便</b>说说", facts=facts)


def send(world: SmallWorld, user: int, media: e.Media, caption: str) -> None:
    world.says(user, caption, media=media)


def press(world: SmallWorld, user: int, n: int) -> None:
    shown = [(one, data) for one in _of(world, user) for data in one.buttons]
    if shown:
        one, data = shown[-1 - n % len(shown)]
        _press(world, user, data, one.message)


def press_last(world: SmallWorld, user: int, n: int) -> None:
    shown = [one for one in _of(world, user) if one.buttons]
    if shown:
        _press(world, user, shown[-1].buttons[n % len(shown[-1].buttons)], shown[-1].message)


def _press(world: SmallWorld, user: int, data: str, message: int) -> None:
    if data.startswith(("s:", "r:", "m:", "a:")):
        world.staff_presses(user, user, data)
    else:
        world.presses(user, data, message)


def forge(world: SmallWorld, user: int, data: str) -> None:
    world.presses(user, data, 7)


def edit(world: SmallWorld, user: int, n: int, text: str) -> None:
    said = [m for (chat, m), link in world.links.items() if chat == user and link.kind == "said"]
    message = said[n % len(said)] if said else n
    world.happens(
        e.CustomerEdited(
            world.key(), world.now, world.who(user), message, text, facts=world.facts(text)
        )
    )


def command(world: SmallWorld, user: int, name: str) -> None:
    world.happens(
        e.CustomerCommanded(world.key(), world.now, world.who(user), world.message_id(), name)
    )


def start(world: SmallWorld, user: int, payload: str) -> None:
    world.happens(e.CustomerStarted(world.key(), world.now, world.who(user), payload))


def block(world: SmallWorld, user: int, blocked: bool) -> None:
    world.happens(e.CustomerBlocked(world.key(), world.now, world.who(user), blocked))


def staff_press(world: SmallWorld, user: int, n: int) -> None:
    shown = [(o.chat, d) for o in world.standing for d in o.buttons if d.startswith("s:")]
    if shown:
        chat, data = shown[-1 - n % len(shown)]
        if chat > 0 and chat != user:
            user = chat
        world.staff_presses(user, chat, data)


def _some_case(world: SmallWorld, n: int) -> Any:
    return world.cases[sorted(world.cases)[-1 - n % len(world.cases)]] if world.cases else None


def _room_of(world: SmallWorld, case: Any, user: int) -> tuple[int, int]:
    """Return where this colleague would act on the case, and who acts in a private one."""
    rooms = world.desk.rooms(case) or (ADMIN,)
    room = rooms[0]
    return (room, room) if room > 0 else (room, user)


def does(world: SmallWorld, user: int, deed: str, n: int) -> None:
    """Press a button that a card of this case would show."""
    case = _some_case(world, n)
    if case is not None:
        verb, _, arg = deed.partition(":")
        chat, user = _room_of(world, case, user)
        world.staff_presses(user, chat, f"s:{verb}:{case.id}:{arg}")


def hands_over(world: SmallWorld, user: int, accepted: bool, n: int) -> None:
    """Offer the case to a colleague, who accepts or declines."""
    case = _some_case(world, n)
    if case is None:
        return
    chat, _ = _room_of(world, case, user)
    giver = case.owner if chat < 0 and case.owner else chat if chat > 0 else SUPERVISOR
    world.staff_presses(giver, chat, f"s:transfer:{case.id}:{user}")
    world.staff_presses(user, chat, f"s:{'accept' if accepted else 'decline'}:{case.id}:")


def with_words(world: SmallWorld, user: int, prompt: str, n: int) -> None:
    """Press what needs words, and reply to the desk's prompt."""
    case = _some_case(world, n)
    if case is None:
        return
    chat, user = _room_of(world, case, user)
    world.staff_presses(user, chat, f"s:prompt:{case.id}:{prompt}")
    asked = [x for x in world.links.values() if x.kind.startswith("prompt:") and x.chat == chat]
    if not asked:
        return
    words = WORDS[n % len(WORDS)]
    if chat > 0:
        world.says(chat, words, reply_to=asked[-1].message)
    else:
        world.staff_writes(user, chat, words, reply_to=asked[-1].message, quoted="…")


def answers(world: SmallWorld, user: int, text: str, n: int) -> None:
    """Reply to something a customer said."""
    relays = [x for x in world.links.values() if x.kind == "relay"]
    if not relays:
        return
    link = relays[-1 - n % len(relays)]
    if link.chat > 0:
        world.says(link.chat, text, reply_to=link.message)
    else:
        world.staff_writes(user, link.chat, text, reply_to=link.message, quoted="…")


def wishes(world: SmallWorld, wish: str, n: int) -> None:
    """Press a button that the customer of this case may still have on the screen."""
    case = _some_case(world, n)
    if case is not None and not case.absent:  # who is nowhere presses nothing
        kind, _, choice = wish.partition(":")
        world.presses(case.customer, f"c:{kind}:{case.id}:{choice}", 7)


def staff_forge(world: SmallWorld, user: int, chat: int, data: str, anonymous: bool) -> None:
    if chat > 0:
        user = chat
    world.staff_presses(user, chat, data, anonymous=anonymous)


def reply(world: SmallWorld, user: int, n: int, text: str, style: int) -> None:
    """Reply to what the desk wrote in a room, in one of ten styles."""
    places = [o for o in world.standing if o.chat < 0 or o.chat in world.desk.staff]
    if not places:
        return
    target = places[-1 - n % len(places)]
    if target.chat > 0:
        world.says(target.chat, text, reply_to=target.message)
        return
    more: dict[str, Any] = {
        0: {"media": MEDIA[n % len(MEDIA)]},
        1: {"mentions": True},
        2: {"anonymous": True},
    }.get(style, {})
    text = f"//{text}" if style == 3 else "" if "media" in more else text
    world.staff_writes(
        user, target.chat, text[:4096], reply_to=target.message, quoted=target.text, **more
    )


def talk(world: SmallWorld, user: int, chat: int, text: str, n: int) -> None:
    threads = [thread for (room, thread) in world.topics if room == chat]
    thread = threads[n % len(threads)] if threads and n % 3 else None
    if chat > 0:
        world.says(chat, text)
        return
    world.staff_writes(user, chat, text, thread=thread, reply_to=n if n % 5 == 0 else None)


def _answer_of_staff(world: SmallWorld, n: int) -> tuple[int, int]:
    """Return where an answer stands that left, or that waits."""
    left = [
        (link.peer_chat, link.peer_message)
        for link in world.links.values()
        if link.peer_chat is not None and link.peer_chat < 0
    ]
    waits = [(u.chat, u.message_id) for case in world.cases.values() for u in case.unsent]
    every = [*waits, *left]
    return every[n % len(every)] if every else (TEAM, n)


def staff_react(world: SmallWorld, user: int, n: int) -> None:
    chat, message = _answer_of_staff(world, n)
    world.happens(e.StaffReacted(world.key(), world.now, world.who(user), chat, message))


def staff_deletes(world: SmallWorld, n: int) -> None:
    chat, message = _answer_of_staff(world, n)
    case = world.links[chat, message].case if (chat, message) in world.links else 1
    world.happens(
        e.DeliveryFailed(
            world.key(),
            world.now,
            chat=chat,
            case=case,
            customer=None,
            verdict="missing",
            error="Bad Request: message to react not found",
            purpose="looks",
            origin=(chat, message),
        )
    )


def staff_edit(world: SmallWorld, user: int, n: int, text: str) -> None:
    chat, message = _answer_of_staff(world, n)
    world.happens(e.StaffEdited(world.key(), world.now, world.who(user), chat, message, text=text))


def ask_desk(world: SmallWorld, user: int, chat: int, name: str, n: int) -> None:
    if chat > 0:
        user = chat
    here = [o for o in world.standing if o.chat == chat]
    target = here[-1 - n % len(here)] if here and n % 2 else None
    argument = "c0de" if name == "setup" and n == 7 else str(n % 5) if n % 3 else ""
    world.happens(
        e.StaffCommanded(
            world.key(),
            world.now,
            world.who(user),
            chat,
            world.message_id(),
            command=name,
            argument=argument,
            reply_to=target.message if target else None,
            quoted=target.text if target else "",
            anonymous=n == 9,
        )
    )


def takes_down(world: SmallWorld, user: int, chat: int, words: str, n: int) -> None:
    """Record a complaint for a customer who is not here; now and then with a picture, or a slip."""
    world.happens(
        e.StaffCommanded(
            world.key(),
            world.now,
            world.who(chat if chat > 0 else user),
            chat,
            world.message_id(),
            command="log",
            argument=words if n % 7 else "",
            quoted="有位顾客打电话来" if n % 4 == 0 else "",
            media=MEDIA[n % len(MEDIA)] if n % 3 == 0 else None,
            secret="" if n == 8 else f"sixteen-and-more{n:03}",
            anonymous=n == 9,
        )
    )


def phones(world: SmallWorld, user: int, deeds: tuple[str, ...], n: int) -> None:
    """Speak with somebody who has no chat here, and press what it comes to."""
    absent = [case for case in world.cases.values() if case.absent]
    if not absent:
        takes_down(world, user, TEAM, WORDS[n % len(WORDS)], 1)
        return
    case = absent[n % len(absent)]
    for deed in deeds:
        verb, _, arg = deed.partition(":")
        chat, user = _room_of(world, world.cases[case.id], user)
        world.staff_presses(user, chat, f"s:{verb}:{case.id}:{arg}")


def joins(world: SmallWorld, user: int, n: int) -> None:
    """Open the link to a case that staff took down: mostly the right one."""
    invited = [case for case in world.cases.values() if case.invite]
    if invited:
        case = invited[n % len(invited)]
        secret = case.invite if n % 5 else "guessed-wrong-0123"
        start(world, user, f"j{case.id}-{secret}")


def pass_(world: SmallWorld, length: timedelta, waking: bool) -> None:
    world.passes(length, waking=waking)


def fail(world: SmallWorld, n: int, verdict: str) -> None:
    sent = [letter for letter in world.letters if not letter.fleeting]
    if not sent:
        return
    letter = sent[-1 - n % len(sent)]
    world.happens(
        e.DeliveryFailed(
            world.key(),
            world.now,
            chat=letter.chat,
            case=letter.case,
            customer=letter.customer,
            verdict=verdict,
            error="Bad Request: <nothing> & more",
            purpose=letter.purpose,
            origin=letter.origins[0] if letter.origins else None,
        )
    )


def room(world: SmallWorld, n: int, chat: int) -> None:
    key, now = world.key(), world.now
    boss = world.who(ADMIN)
    chat = chat if chat < 0 else OTHER_GROUP
    event: e.Event = (
        e.RoomJoined(key, now, chat, "组 <1>", forum=True, by=boss, admin=True, topics=True),
        e.RoomJoined(key, now, chat, "组 <1>", forum=False, by=boss, admin=False, topics=False),
        e.RoomLost(key, now, chat, "组"),
        e.RoomMoved(key, now, chat, chat - 1000),
        e.MemberSeen(key, now, world.who(15), chat, present=True),
        e.MemberSeen(key, now, world.who(MEI), chat, present=False),
        e.EventFailed(key, now, "u0", "ValueError while <deciding>"),
    )[n]
    world.happens(event)


def again(world: SmallWorld, n: int) -> None:
    """Deliver an old event once more, once under its own key and once as a new one."""
    if not world.happened:
        return
    old = world.happened[-1 - n % len(world.happened)]
    world.happens(old)
    if not isinstance(old, e.Woken):
        world.happens(replace(old, key=world.key(), at=world.now))


def wake_any(world: SmallWorld, n: int) -> None:
    if world.cases:
        world.wakes(sorted(world.cases)[n % len(world.cases)])


MOVES: dict[str, Callable[..., None]] = {
    "say": say,
    "tell": tell,
    "send": send,
    "press": press,
    "press_last": press_last,
    "forge": forge,
    "edit": edit,
    "command": command,
    "start": start,
    "block": block,
    "staff_press": staff_press,
    "does": does,
    "hands_over": hands_over,
    "with_words": with_words,
    "answers": answers,
    "wishes": wishes,
    "staff_forge": staff_forge,
    "reply": reply,
    "talk": talk,
    "staff_edit": staff_edit,
    "staff_react": staff_react,
    "staff_deletes": staff_deletes,
    "ask_desk": ask_desk,
    "takes_down": takes_down,
    "joins": joins,
    "phones": phones,
    "pass": pass_,
    "fail": fail,
    "room": room,
    "again": again,
    "wake_any": wake_any,
}
