from hypothesis import given
from hypothesis import strategies as st

from scheduler.web.charts import bars


def test_heights_are_shares_of_the_top():
    assert [bar.height for bar in bars([0, 5, 10], top=10, height=36)] == [0, 18, 36]


def test_no_values_no_bars_and_no_division_by_zero():
    assert bars([], top=0) == []
    assert [bar.height for bar in bars([0, 0], top=0)] == [0, 0]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_bars_stay_in_the_drawing_and_what_is_not_zero_shows(values):
    for bar in bars(values, max(values), width=240, height=36):
        assert 0 <= bar.x <= bar.x + bar.width <= 240.1
        assert 0 <= bar.y <= bar.y + bar.height <= 36.1
        assert (bar.height > 0) == (bar.value > 0)
