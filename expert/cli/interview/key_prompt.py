"""Questions asked on a terminal: arrow keys pick an answer and how sure it is, or it is typed."""

from collections.abc import Callable
from textwrap import fill
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    BufferControl,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    ScrollOffsets,
    VSplit,
    Window,
)
from prompt_toolkit.layout.processors import AfterInput
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from expert.cli.interview.prompts import Screen, wrapped
from expert.cli.interview.typed import LEVELS, Typed, begun_answers, understand
from expert.cli.terminal import can_show, is_plain, page_text, print_text, terminal_width
from expert.knowledge.foreign_text import visible_lines
from expert.rendering.text.interview_text import doubted

_STYLE = Style.from_dict({"faint": "dim", "question": "bold", "picked": "bold fg:ansigreen", "error": "fg:ansired"})
_PLAIN_STYLE = Style.from_dict({"question": "bold", "picked": "bold"})


QUESTION = 10
"""How many lines a question takes, with its answers and what stands above and below."""


class KeyPrompt:
    """Asks each question in the last lines of the terminal, and clears them when it is answered."""

    attended = True

    def tell(self, text: str) -> None:
        """Print whole lines."""
        print_text(text)

    def tell_all(self, text: str) -> None:
        """Print whole lines; by a pager if the first would not be seen when the next question is asked."""
        page_text(text, below=QUESTION)

    def ask(self, screen: Screen) -> Typed:
        """Ask a question until the answer is valid."""
        return _Picker(screen).application().run(handle_sigint=False)


def _window(content: Callable[[], StyleAndTextTuples], height: Dimension | None = None) -> Window:
    """Show text, with control characters written out; if it must scroll, so that what is picked is seen whole."""

    def shown() -> StyleAndTextTuples:
        return [(style, visible_lines(text)) for style, text, *_ in content()]

    return Window(
        FormattedTextControl(shown),
        wrap_lines=True,
        dont_extend_height=True,
        height=height,
        scroll_offsets=ScrollOffsets(top=2, bottom=2),
    )


class _Picker:
    """The state of one question: which answer is picked, how sure, and what has been typed."""

    def __init__(self, screen: Screen):
        self._screen = screen
        self._items = screen.items
        self._position = -1 if screen.expected else 0  # a number is typed
        self._sure = 0
        self._error = ""
        self._only_picks = True  # what is typed says no more than which answer, or which number
        self._about_case = bool(screen.attribute.name)
        self._kept = ""  # the earlier answer where no picked one says it; what is typed takes its place
        self._typed = Buffer(on_text_changed=self._follow, multiline=False)
        if screen.answered:
            self._start_from(screen.answered.value, screen.answered.certainty)
        elif screen.earlier:  # it was not known, which is the last answer
            self._position = len(self._items) - 1

    def application(self) -> Application[Typed]:
        """Build the application that shows the question and reads the keys."""
        no_color = is_plain()
        return Application(
            layout=Layout(HSplit(self._windows())),
            key_bindings=self._keys(),
            style=_PLAIN_STYLE if no_color else _STYLE,
            color_depth=ColorDepth.DEPTH_1_BIT if no_color else None,
            erase_when_done=True,
        )

    def _start_from(self, value: Any, certainty: float) -> None:
        """Pick the earlier answer."""
        levels = [level for _, level in LEVELS]
        is_level = certainty in levels
        self._sure = levels.index(certainty) if is_level else 0
        self._only_picks = is_level
        if not is_level:
            self._kept = doubted(value, certainty)
        if not self._screen.attribute.number:
            self._position = [item.value for item in self._items].index(value)
        elif is_level:
            self._kept = str(value)

    # What is shown.

    def _windows(self) -> list[Any]:
        typing = VSplit([
            Window(FormattedTextControl([("", "> ")]), width=2, height=1),
            Window(BufferControl(self._typed, [AfterInput(self._after_typing)]), height=1),
        ])  # fmt: skip
        return [
            _window(self._above),
            _window(self._choices, height=Dimension(min=1)),
            typing,
            _window(self._below),
        ]

    def _above(self) -> StyleAndTextTuples:
        """Write the question with what stands above and below it; anew at each width."""
        screen, width = self._screen, terminal_width()
        progress = "".join(f"{line}\n" for line in screen.progress_lines(width))
        brief_help = screen.brief_help(width)
        return [
            ("class:faint", f"\n{progress}"),
            ("class:question", fill(screen.attribute.question, width)),
            ("class:faint", f"\n{brief_help}" if brief_help else ""),
            ("", f"\n  {screen.expected}" if screen.expected else ""),
        ]

    def _choices(self) -> StyleAndTextTuples:
        """Write the answers, with a mark at the picked one."""
        mark = "❯" if can_show("❯") else ">"
        fragments: StyleAndTextTuples = []
        for index, line in enumerate(self._screen.lines(terminal_width(), self._position, self._how_sure())):
            end = "\n" if index + 1 < len(self._items) else ""
            if index == self._position:
                fragments += [("[SetCursorPosition]", ""), ("class:picked", f"{mark} {line}{end}")]
            else:
                fragments.append(("", f"  {line}{end}"))
        return fragments

    def _after_typing(self) -> StyleAndTextTuples:
        """Write the earlier answer, and how sure a number is."""
        sure = self._how_sure().replace("\xa0", " ") if self._position < 0 else ""
        return [("class:faint", self._kept), ("class:picked", sure)]

    def _how_sure(self) -> str:
        """Write how sure the answer is, unless it is certain."""
        word, level = LEVELS[self._sure]
        return f"  {word}\xa0({level:g})" if word and self._can_weigh() else ""

    def _below(self) -> StyleAndTextTuples:
        error = f"{fill(self._error, terminal_width())}\n" if self._error else ""
        hints = wrapped("  ".join(hint.replace(" ", "\xa0") for hint in self._hints()), terminal_width())
        return [("class:error", error), ("class:faint", hints)]

    def _hints(self) -> list[str]:
        """List the keys that do something now, and the words that can be typed."""
        arrows = can_show("↑↓←→")
        hints = ["↑↓ pick"] if arrows else []
        if arrows and self._can_weigh():
            hints += ["← less sure"] * (self._sure < len(LEVELS) - 1) + ["→ surer"] * (self._sure > 0)
        words = [word for word in self._screen.words if word not in ("why", "more")]
        return [*hints, "? why" if self._about_case else "? help", *words]

    def _can_weigh(self) -> bool:
        """Tell whether an answer is picked, or a number typed, that may be more or less sure."""
        if not (self._about_case and self._only_picks):
            return False
        return (
            bool(self._typed.text or self._kept)
            if self._position < 0
            else self._items[self._position].value is not None
        )

    # What keys do.

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        nothing_typed = Condition(lambda: not self._typed.text)
        can_weigh = Condition(self._can_weigh)

        for key in ("up", "c-p"):
            keys.add(key)(lambda _: self._move(-1))
        for key in ("down", "c-n", "tab"):
            keys.add(key)(lambda _: self._move(1))
        keys.add("left", filter=can_weigh)(lambda _: self._weigh(1))
        keys.add("right", filter=can_weigh)(lambda _: self._weigh(-1))
        keys.add("?", filter=nothing_typed)(lambda event: event.app.exit(result=Typed("why")))
        keys.add("enter")(self._enter)
        keys.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt))
        keys.add("c-d", filter=nothing_typed)(lambda event: event.app.exit(exception=EOFError))
        return keys

    def _move(self, step: int) -> None:
        """Pick the next or the previous answer, and discard what was typed."""
        self._clear()
        self._position = (max(self._position, 0) + step) % len(self._items)
        self._error = ""

    def _weigh(self, step: int) -> None:
        """Make the answer less or more sure, and discard what was typed to pick it; a number stays."""
        if self._position >= 0:
            self._clear()
        self._sure = min(max(self._sure + step, 0), len(LEVELS) - 1)

    def _enter(self, event: KeyPressEvent) -> None:
        """Return the answer, or say what is wrong with it."""
        try:
            event.app.exit(result=self._answer())
        except ValueError as error:
            self._clear()
            self._error = str(error)

    def _clear(self) -> None:
        """Discard what was typed, and what would stand in its place."""
        self._typed.reset()
        self._kept = ""
        self._only_picks = True

    def _follow(self, _: Buffer) -> None:
        """Pick the answer that is being typed; of several that begin so, the first."""
        self._error = self._kept = ""
        values = [item.value for item in self._items]
        try:
            typed = understand(self._typed.text, self._screen.attribute, self._screen.words)
        except ValueError:
            begun = begun_answers(self._typed.text, self._screen.attribute)
            self._only_picks = bool(begun) or not self._typed.text
            if begun:
                self._position, self._sure = values.index(begun[0]), 0
            return
        self._only_picks = typed.certainty == 1 and not typed.word
        if not typed.word:
            self._position = values.index(typed.value) if typed.value in values else -1
            self._sure = 0

    def _answer(self) -> Typed:
        """Read what was typed; take the picked answer if nothing was, or what several answers begin with."""
        text = self._typed.text.strip() or self._kept
        try:
            if text or self._position < 0:
                typed = understand(text, self._screen.attribute, self._screen.words)
                return typed._replace(certainty=LEVELS[self._sure][1]) if self._how_sure() else typed
        except ValueError:
            if self._position < 0 or not begun_answers(text, self._screen.attribute):
                raise
        return Typed(value=self._items[self._position].value, certainty=LEVELS[self._sure][1])
