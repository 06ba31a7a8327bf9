"""The charter's text on the screen, in the colours of the window."""

from collections.abc import Iterable
from html import escape

from charte_desktop.model.charter_text import TextBlock
from charte_desktop.ui import theme


def as_html(blocks: Iterable[TextBlock], points: int) -> str:
    """Blocks of the text in letters of `points`; every word of it is text, none is markup."""
    colours = theme.tokens()
    lines = "".join(_block(block, points, colours["primary"]) for block in blocks)
    return f'<div style="font-size:{points}pt; color:{colours["ink"]}">{lines}</div>'


def _block(block: TextBlock, points: int, colour: str) -> str:
    words = escape(block.text)
    if block.kind == "heading":
        size = max(round(points * 1.35) - 2 * (block.level - 1), points)
        return f'<p style="font-size:{size}pt; font-weight:600; color:{colour}; margin:14px 0 6px 0">{words}</p>'
    if block.kind == "item":
        return f'<p style="margin:4px 0 4px 18px; text-indent:-14px; line-height:130%">–&nbsp;&nbsp;{words}</p>'
    words = f"<b>{words}</b>" if block.is_strong else words
    return f'<p style="margin:6px 0 8px 0; line-height:135%">{words}</p>'
