from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from charte_desktop.model.signing import (
    Capacity,
    ClockJump,
    HandOverMoment,
    Identification,
    Showing,
    Signer,
    SigningState,
)
from charte_desktop.store import backup
from charte_desktop.store.database import Database
from charte_desktop.store.signing_sessions import SigningSessions
from tests.conftest import PASSPHRASE
from tests.factory import a_provider, enter
from tests.signings import a_drawing, begun

TEXTS = st.text(max_size=20)
STATES = st.builds(
    SigningState,
    id=TEXTS,
    provider_id=TEXTS,
    version_id=TEXTS,
    began_at=TEXTS,
    runs=st.lists(TEXTS),
    step=TEXTS,
    section=TEXTS,
    showings=st.lists(st.builds(Showing, TEXTS, st.integers(), st.integers(), st.integers(), TEXTS)),
    read_together_at=TEXTS,
    acknowledged=st.lists(TEXTS),
    signers=st.lists(
        st.builds(
            Signer, TEXTS, st.sampled_from(Capacity), st.none() | st.sampled_from(Identification), TEXTS, TEXTS, TEXTS
        ),
        min_size=1,
    ),
    place=TEXTS,
    stamp_id=TEXTS,
    jumps=st.lists(st.builds(ClockJump, st.integers(), st.integers(), st.floats(allow_nan=False))),
    hand_overs=st.lists(st.builds(HandOverMoment, TEXTS, st.booleans())),
    corrects_id=TEXTS,
    correction_reason=TEXTS,
)


@given(STATES)
@settings(max_examples=50)
def test_a_state_is_read_as_it_was_written(state: SigningState) -> None:
    assert SigningState.from_json(state.as_json()) == state


def test_what_is_drawn_is_kept_point_by_point_and_found_in_another_run(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    state = begun(database, provider)
    sessions = SigningSessions(database)
    whole = a_drawing(2, 48)
    for number, stroke in enumerate(whole.strokes):
        sessions.begin_stroke(state.id, 0, number, Stroke(stroke.tool, stroke.began), whole.aspect)
        for at in range(0, 48, 16):
            sessions.add_points(state.id, 0, number, stroke.points[at : at + 16])
    database.close()

    again = Database.open(database.folder, passphrase=PASSPHRASE)
    kept = SigningSessions(again)
    assert kept.of(provider.id) == state
    assert kept.drawing(state.id, 0) == whole
    assert backup.check(again) == []
    again.close()


def test_a_stroke_that_begins_takes_the_place_of_those_taken_back(database: Database) -> None:
    state = begun(database, *enter(database, a_provider(signed=None)))
    sessions, three = SigningSessions(database), a_drawing(3)
    sessions.take(state.id, 0, three)
    assert sessions.drawing(state.id, 0) == three

    sessions.take(state.id, 0, Drawing(three.aspect, three.strokes[:2]))
    assert sessions.drawing(state.id, 0) == Drawing(three.aspect, three.strokes[:2])
    sessions.take(state.id, 0, three)
    assert sessions.drawing(state.id, 0) == three
    other = Stroke(Tool.FINGER, 10, (Point(1, 1, 0.5, 0), Point(2, 2, 0.5, 9)))
    sessions.begin_stroke(state.id, 0, 1, Stroke(other.tool, other.began), three.aspect)
    sessions.add_points(state.id, 0, 1, other.points)

    assert sessions.drawing(state.id, 0) == Drawing(three.aspect, (three.strokes[0], other))


def test_each_signer_has_a_drawing_and_a_stroke_without_points_is_none(database: Database) -> None:
    state = begun(database, *enter(database, a_provider(signed=None)))
    sessions, first, second = SigningSessions(database), a_drawing(1), a_drawing(2)
    sessions.take(state.id, 0, first)
    sessions.take(state.id, 1, second)
    sessions.begin_stroke(state.id, 2, 0, Stroke(Tool.PEN, 0), 2.5)

    assert [sessions.drawing(state.id, number) for number in range(3)] == [first, second, None]
    sessions.forget_signer(state.id, 0)
    assert [sessions.drawing(state.id, number) for number in range(2)] == [second, None]
    sessions.drop(state.id)
    assert sessions.drawing(state.id, 0) is None
    assert sessions.waiting() == []


def test_what_was_begun_is_proposed_with_its_step(database: Database) -> None:
    first, second = enter(database, a_provider(signed=None), a_provider(signed=None))
    sessions = SigningSessions(database)
    begun(database, first)
    state = begun(database, second)
    state.step = "lecture"
    sessions.keep(state)

    assert {(one.provider_name, one.step) for one in sessions.waiting()} == {
        (first.legal_name, "fiche"),
        (second.legal_name, "lecture"),
    }
