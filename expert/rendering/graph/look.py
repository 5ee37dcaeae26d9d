"""How pictures look: the sizes of their letters, and their colours, which are those of ``assets/colours.css``."""

import re
from importlib.resources import files

from expert.rendering.graph.fonts import FAMILY

SIZES = {"title": 13.0, "plain": 13.0, "faint": 12.0, "heading": 18.0, "answer": 15.0}
"""Of letters, by the role of a line, in pixels."""

_CSS = (files("expert.rendering.graph") / "assets" / "colours.css").read_text(encoding="utf-8")
_PAIRS = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", _CSS)

COLOURS = {name: light for name, light, _ in _PAIRS}
"""By their use, on light paper."""

DARK = {name: dark for name, _, dark in _PAIRS}
"""The same on dark paper."""

_SHAPES = f"""\
.expert text{{font-family:{FAMILY};font-size:{SIZES["plain"]:.0f}px}}
.expert .title{{font-weight:bold}}
.expert .faint{{font-size:{SIZES["faint"]:.0f}px}}
.expert .heading{{font-size:{SIZES["heading"]:.0f}px;font-weight:bold}}
.expert .answer{{font-size:{SIZES["answer"]:.0f}px}}
.expert .shape{{stroke-width:1.3}}
.expert .default .shape{{stroke-dasharray:2 3}}
.expert .candidate .inner{{fill:none;stroke-width:1}}
.expert .best .shape{{stroke-width:2.2}}
.expert .missed .shape,.expert .absent .shape{{stroke-dasharray:5 4}}
.expert .line{{fill:none}}
.expert .link .end{{stroke:none}}
.expert .link.missed .line,.expert .link.asks .line{{stroke-dasharray:5 4}}
.expert .label{{font-size:{SIZES["faint"]:.0f}px;font-weight:bold;paint-order:stroke;stroke-width:3px}}
.expert .missed .label{{font-weight:normal}}
"""

_PAINT = """\
.expert text{{fill:{text}}}
.expert .paper{{fill:{page}}}
.expert .faint,.expert .box.missed text{{fill:{faint}}}
.expert .given .shape{{fill:{given};stroke:{given-line}}}
.expert .rule .shape{{fill:{rule};stroke:{rule-line}}}
.expert .default .shape{{fill:{default};stroke:{default-line}}}
.expert .derived .shape{{fill:{derived};stroke:{derived-line}}}
.expert .candidate .shape{{fill:{candidate};stroke:{candidate-line}}}
.expert .candidate .inner{{stroke:{candidate-line}}}
.expert .best .shape{{fill:{best}}}
.expert .more .shape{{fill:{default};stroke:{default-line}}}
.expert .missed .shape,.expert .absent .shape{{fill:{missed};stroke:{missed-line}}}
.expert .line{{stroke:{line}}}
.expert .link .end{{fill:{line}}}
.expert .for .line{{stroke:{for}}}
.expert .for .end{{fill:{for}}}
.expert .against .line{{stroke:{against}}}
.expert .against .end{{fill:{against}}}
.expert .label{{stroke:{page}}}
.expert .missed .label{{fill:{faint}}}
.expert .for .label{{fill:{for}}}
.expert .against .label{{fill:{against}}}
"""


def style_alone() -> str:
    """Write the style sheet of a picture that stands alone, light or dark as what is around it."""
    return f"{_SHAPES}{_PAINT.format_map(COLOURS)}@media (prefers-color-scheme:dark){{{_PAINT.format_map(DARK)}}}"


def style_on_page() -> str:
    """Write the style sheet of pictures on a page, with the colours that ``colours.css`` gives it."""
    return _CSS + _SHAPES + _PAINT.format_map({name: f"var(--{name})" for name in COLOURS})
