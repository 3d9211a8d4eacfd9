"""Where the day falls in cells: in order, in proportion, with nothing that happened left out."""

from hypothesis import given
from hypothesis import strategies as st

from clepsydra.tui.widgets.day_cells import NOBODY, DayStretch, Shape, fill_cells

HOUR = 3600


def drawn(stretches: list[DayStretch], hours: int, cells: int) -> str:
    """One character per cell: the key of who is seen in most of it."""
    line = ""
    for cell in fill_cells(stretches, 0, hours * HOUR, cells):
        seen = cell.front if cell.eighths >= 4 else cell.behind
        line += "." if seen == NOBODY else stretches[seen].key
    return line


def stretch(begin: float, end: float, key: str, shape: Shape = Shape.WORK) -> DayStretch:
    return DayStretch(int(begin * HOUR), int(end * HOUR), shape, key)


def test_stretches_take_their_share_of_the_row():
    day = [stretch(1, 3, "a"), stretch(3, 4, "b"), stretch(6, 8, "c")]
    assert drawn(day, 8, 16) == "..aaaabb....cccc"


def test_a_day_of_25_hours_is_drawn_longer_than_one_of_23():
    day = [stretch(0, 23, "a")]
    assert drawn(day, 23, 50).count("a") == 50
    assert drawn(day, 25, 50).count("a") == 46


def test_a_short_call_is_seen_over_the_work_around_it():
    day = [stretch(0, 8, "a"), stretch(4, 4.01, "c", Shape.CALL)]
    assert drawn(day, 8, 16) == "aaaaaaaacaaaaaaa"


def test_a_short_touch_is_seen_on_an_empty_morning():
    assert drawn([stretch(2, 2.02, "m", Shape.TOUCH)], 8, 16) == "....m..........."


def test_neighbours_are_parted_by_a_hairline():
    cells = fill_cells([stretch(0, 4, "a"), stretch(4, 8, "b")], 0, 8 * HOUR, 16)
    assert cells[7].eighths == 7
    assert cells[7].behind == NOBODY


def test_what_lies_outside_is_not_drawn():
    assert drawn([stretch(9, 10, "a", Shape.CALL), stretch(-2, -1, "b", Shape.TOUCH)], 8, 8) == "........"


@given(
    st.lists(
        st.builds(
            lambda begin, length, shape, key: DayStretch(begin, begin + length, shape, key),
            st.integers(-10_000, 100_000),
            st.integers(0, 50_000),
            st.sampled_from(Shape),
            st.sampled_from("abc?"),
        ),
        max_size=40,
    ),
    st.integers(1, 200),
    st.sampled_from([23, 24, 25]),
)
def test_any_day_fills_exactly_its_cells(stretches, cells, hours):
    filled = fill_cells(stretches, 0, hours * HOUR, cells)
    assert len(filled) == cells
    for cell in filled:
        assert -1 <= cell.front < len(stretches)
        assert -1 <= cell.behind < len(stretches)
        assert 0 <= cell.eighths <= 8
