"""Whether somebody who was told that it is done says that it is not.

Asked of a message to a case that was carried out, never of a story: there every "not" is part of
what went wrong.
"""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.script import fold, visible

_CONTENT: Final = re.compile(
    r"没有?(?:其他|别的|什么|任何)?(?:问题|事|意见|关系)|冇(?:其他|乜|咩)?(?:问题|事|意见)|不错|不用|不客气|不好意思|唔使|唔紧要|唔该"
    r"|\bno (?:problems?|worries|issues?|more|further|complaints)\b|\bnot (?:bad|at all)\b|\bno,? (?:thanks|thank you)\b"
)
"""What says "no" and is content."""
_DENIAL: Final = re.compile(
    r"没|未|不(?:是|对|行|满意|同意|接受|能|给|到|见|算)|还(?:在|是|有|要)|仍|骗|假的|冇|唔(?:系|得|啱|收|满意|见)|仲(?:未|系|有|喺|要)|又(?:坏|漏|来|不)"
    r"|\b(?:not|never|no|still|again|wrong|lie|lies|lied|liars?|nothing|nobody)\b|n't\b|\b(?:isnt|hasnt|havent|didnt|doesnt|wasnt)\b"
)


def unsettled(text: str) -> bool:
    """Tell whether a message denies that the matter was settled."""
    said = _CONTENT.sub(" ", fold(visible(text)[0]))
    return _DENIAL.search(said) is not None
