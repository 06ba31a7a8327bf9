import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from charte_desktop.ui import icons, theme

TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "muted", "accent", "error", "primary") for ground in ("canvas", "surface")),
    ("ink", "selected"),
    ("on_primary", "primary"),
    ("error", "error_wash"),
    ("warning", "warning_wash"),
    ("done", "done_wash"),
    *((f"family_{number}", "surface") for number in (1, 2, 3, 4)),
]
EDGE_ON_GROUND = [("field", "surface"), ("field", "canvas"), ("accent", "canvas")]


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2, from 1 to 21."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_every_text_can_be_read_on_its_ground(qapp: QApplication, scheme: str, ink: str, ground: str) -> None:
    theme.apply(qapp, scheme)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= 4.5


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize(("edge", "ground"), EDGE_ON_GROUND)
def test_every_edge_of_a_field_can_be_seen(qapp: QApplication, scheme: str, edge: str, ground: str) -> None:
    theme.apply(qapp, scheme)
    assert contrast(theme.colour(edge), theme.colour(ground)) >= 3


def test_dark_is_forced_by_asking_for_it(qapp: QApplication) -> None:
    theme.apply(qapp, theme.DARK)
    assert theme.chosen() == theme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#171C24")


def test_a_change_of_the_desktop_is_followed_only_when_the_system_was_chosen(qapp: QApplication) -> None:
    theme.apply(qapp, theme.DARK)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.tokens()["name"] == theme.DARK
    theme.apply(qapp, theme.SYSTEM)
    assert theme.tokens()["name"] == theme.LIGHT


def test_one_icon_serves_light_and_dark_and_disabled(qapp: QApplication) -> None:
    def inks(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
        image = icon.pixmap(QSize(24, 24), mode).toImage()
        colours = (image.pixelColor(x, y) for x in range(24) for y in range(24))
        return {colour.name() for colour in colours if colour.alpha() == 255}

    icon = icons.icon("users")
    theme.apply(qapp, theme.LIGHT)
    assert "#16233a" in inks(icon)
    assert "#8391a5" in inks(icon, QIcon.Mode.Disabled)
    theme.apply(qapp, theme.DARK)
    assert "#e6ebf2" in inks(icons.icon("users"))
