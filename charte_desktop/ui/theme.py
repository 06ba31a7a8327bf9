"""Colours, letter and style sheet of the window, light and dark."""

from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from charte_desktop import paths

SYSTEM, LIGHT, DARK = "system", "light", "dark"
"""What may be asked for; `system` follows the desktop, also when it changes while the window is open."""

WORDS = {SYSTEM: "Couleurs du système", LIGHT: "Couleurs claires", DARK: "Couleurs sombres"}
"""Each choice as it is read."""

Tokens = dict[str, str]

_LIGHT: Tokens = {
    "name": LIGHT,
    "canvas": "#F4F6F9",
    "surface": "#FFFFFF",
    "line": "#D3DBE6",
    "field": "#7A889C",
    "ink": "#16233A",
    "muted": "#55657C",
    "faint": "#8391A5",
    "primary": "#123A6F",
    "on_primary": "#FFFFFF",
    "selected": "#DCE8F8",
    "accent": "#0B6E77",
    "error": "#8C1D18",
    "error_wash": "#FDECEA",
    "warning": "#7A4F00",
    "warning_wash": "#FFF4D6",
    "done": "#1B5E20",
    "done_wash": "#E8F5E9",
    "family_1": "#0B6E77",
    "family_2": "#7B3FA0",
    "family_3": "#9A5B00",
    "family_4": "#2F6B2F",
}
_DARK: Tokens = {
    "name": DARK,
    "canvas": "#171C24",
    "surface": "#212833",
    "line": "#36404F",
    "field": "#6B7A90",
    "ink": "#E6EBF2",
    "muted": "#A3B0C2",
    "faint": "#6B7A90",
    "primary": "#8FB4EA",
    "on_primary": "#10203A",
    "selected": "#2C4468",
    "accent": "#6FC3CB",
    "error": "#FFB4AB",
    "error_wash": "#4A2320",
    "warning": "#F5CE76",
    "warning_wash": "#43340F",
    "done": "#9BD6A0",
    "done_wash": "#1D3B24",
    "family_1": "#6FC3CB",
    "family_2": "#CFA4E8",
    "family_3": "#F0B45E",
    "family_4": "#93CF93",
}
_FAMILIES = (
    "Segoe UI",
    "Noto Sans",
    "Source Sans 3",
    "Open Sans",
    "Ubuntu",
    "Cantarell",
    "Liberation Sans",
    "DejaVu Sans",
)
"""The first one installed is taken; fonts are never loaded from files, which managed machines refuse."""

_current = _LIGHT
_chosen = SYSTEM


def chosen() -> str:
    """What was asked for: `system`, `light` or `dark`."""
    return _chosen


def tokens() -> Tokens:
    """The colours in force."""
    return _current


def tokens_of(scheme: str) -> Tokens:
    """The colours of a scheme, `light` or `dark`, worn or not."""
    return _DARK if scheme == DARK else _LIGHT


def colour(token: str) -> QColor:
    """A colour in force, by its name."""
    return QColor(_current[token])


def apply(application: QApplication, scheme: str = SYSTEM) -> None:
    """Dress the application: `system`, `light` or `dark`."""
    global _chosen
    _chosen = scheme
    dark = _system_is_dark(application) if scheme == SYSTEM else scheme == DARK
    if application.property("dressed") is None:
        application.setProperty("dressed", True)
        application.styleHints().colorSchemeChanged.connect(lambda _: _follow(application))
        application.setFont(_font(application))
    _wear(application, _DARK if dark else _LIGHT)


def _follow(application: QApplication) -> None:
    if _chosen == SYSTEM:
        apply(application, SYSTEM)


def _system_is_dark(application: QApplication) -> bool:
    if application.property("dressed") is None:
        # Asking for the colour scheme makes the 60 enumerations of Qt, 12 ms before the first paint.
        return application.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return application.styleHints().colorScheme().name == "Dark"


def _wear(application: QApplication, worn: Tokens) -> None:
    global _current
    _current = worn
    application.setPalette(_palette(worn))
    sheet = (paths.resources() / "style.qss").read_text(encoding="utf-8")
    icons = (paths.resources() / "icons").as_posix()
    application.setStyleSheet(Template(sheet).substitute(worn, icons=icons))


def _palette(worn: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, token in {
        role.Window: "canvas",
        role.WindowText: "ink",
        role.Base: "surface",
        role.AlternateBase: "canvas",
        role.Text: "ink",
        role.Button: "surface",
        role.ButtonText: "ink",
        role.BrightText: "error",
        role.ToolTipBase: "surface",
        role.ToolTipText: "ink",
        role.PlaceholderText: "muted",
        role.Highlight: "selected",
        role.HighlightedText: "ink",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "field",
        role.Shadow: "field",
    }.items():
        palette.setColor(where, QColor(worn[token]))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(worn["faint"]))
    return palette


def _font(application: QApplication) -> QFont:
    """The system's own font at 10 pt; where the platform has none to propose, the first of our list."""
    bare = application.platformName() in ("offscreen", "minimal")
    font = QFont(list(_FAMILIES)) if bare else application.font()
    font.setPointSizeF(10)
    return font
