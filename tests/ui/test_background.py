import threading

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.errors import Cancelled, UserError
from charte_desktop.ui.background import Background, Progress
from charte_desktop.ui.messages import DONE, ERROR, Boundary


def test_a_job_runs_beside_the_window_and_its_result_comes_back_to_it(qtbot: QtBot) -> None:
    background = Background()
    qtbot.addWidget(background)
    threads = []

    def job(progress: Progress) -> int:
        threads.append(threading.current_thread())
        progress(1, 2)
        return 42

    results: list[int] = []
    with qtbot.waitSignal(background.ended):
        background.run("Calcul…", job, results.append)
    qtbot.waitUntil(lambda: results == [42])
    assert threads[0] is not threading.main_thread()
    assert not background.is_busy
    assert background.isHidden()


def test_the_count_is_shown_while_it_runs(qtbot: QtBot) -> None:
    background = Background()
    qtbot.addWidget(background)
    background.show()
    go_on = threading.Event()

    def job(progress: Progress) -> None:
        progress(120, 436)
        go_on.wait()

    background.run("Import de liste.xlsx…", job, lambda _: None)
    qtbot.waitUntil(lambda: background.count_text == "120 sur 436")
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy)


def test_annuler_stops_a_job_and_says_that_nothing_was_changed(qtbot: QtBot, boundary: Boundary) -> None:
    background = Background()
    qtbot.addWidget(background)
    said: list[tuple[str, str]] = []
    boundary.said.connect(lambda tone, sentence: said.append((tone, sentence)))
    asked = threading.Event()

    def job(progress: Progress) -> None:
        while not progress.cancelled():
            asked.wait(0.01)
        raise Cancelled

    results: list[None] = []
    background.run("Import…", job, results.append)
    qtbot.mouseClick(background.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [(DONE, "Annulé : rien n'a été changé.")]
    assert results == []


def test_a_refusal_in_a_job_reaches_the_boundary(qtbot: QtBot, boundary: Boundary) -> None:
    background = Background()
    qtbot.addWidget(background)

    def job(progress: Progress) -> None:
        raise UserError("Le disque est plein : libérez de la place.")

    with qtbot.waitSignal(boundary.said) as said:
        background.run("Sauvegarde…", job, lambda _: None, can_cancel=False)
    assert said.args == [ERROR, "Le disque est plein : libérez de la place."]
    assert not background.is_busy
