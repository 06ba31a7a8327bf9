from charte_desktop.model import reference
from charte_desktop.model.island import is_inside, island, step_of


def test_the_island_has_the_communes_of_the_reference_each_with_a_place_for_its_number() -> None:
    shapes = island().shapes
    assert {one.code for one in shapes} == reference.communes().keys()
    assert all(is_inside(one.middle, one.rings[0]) and one.room > 0 for one in shapes)


def test_it_is_one_wide_and_keeps_its_proportions() -> None:
    across = [x for one in island().shapes for ring in one.rings for x, _ in ring]
    down = [y for one in island().shapes for ring in one.rings for _, y in ring]
    assert (min(across), max(across), min(down)) == (0, 1, 0)
    assert abs(max(down) - island().height) < 1e-9
    assert 0.85 < island().height < 0.95
    by_code = {one.code: one.middle for one in island().shapes}
    assert by_code["97411"][1] < by_code["97416"][1], "Saint-Denis is north of Saint-Pierre"
    assert by_code["97415"][0] < by_code["97410"][0], "Saint-Paul is west of Saint-Benoît"


def test_a_count_has_a_tint_and_none_has_its_own() -> None:
    assert [step_of(count, 40) for count in (0, 1, 8, 9, 32, 33, 40)] == [0, 1, 1, 2, 4, 5, 5]
    assert [step_of(count, 1) for count in (0, 1)] == [0, 1]
    assert step_of(3, 0) == 0
