from datetime import timedelta

import pytest

from scheduler.clock import Watch
from tests.scheduler.conftest import Clock


@pytest.mark.parametrize(("wall", "steady", "jump"), [(5, 5, 0), (3605, 5, 3600), (-3595, 5, -3600), (25, 5, 0)])
def test_a_jump_is_where_the_clocks_disagree(clock: Clock, wall: float, steady: float, jump: float):
    watch = Watch(clock, lambda: clock.steady)
    clock.go(seconds=wall)
    clock.steady += steady
    assert watch.jump() == timedelta(seconds=jump)
    assert watch.jump() == timedelta()
