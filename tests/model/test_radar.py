import pytest

from charte_desktop.model.radar import corners, side_of, spoke


def test_the_first_axis_points_up_and_the_others_go_clockwise() -> None:
    assert spoke(0, 4) == pytest.approx((0, -1))
    assert spoke(1, 4) == pytest.approx((1, 0))


def test_a_score_is_a_part_of_the_radius_and_none_is_no_corner() -> None:
    found = corners([100, None, 50, 0], (10, 10), 20)
    assert found == [pytest.approx((10, -10)), pytest.approx((10, 20)), pytest.approx((10, 10))]


def test_words_stand_outside_the_web() -> None:
    assert [side_of(number, 4) for number in range(4)] == [0, 1, 0, -1]
