import pytest

from expert.rendering.axis import Axis


@pytest.mark.parametrize(
    ("certainties", "zero", "ends"),
    [
        ([0.5, 1.0], 0.0, [0.5, 1.0]),
        ([0.5, -1.0], 0.5, [0.75, 0.0]),
        ([1.0, -0.25], 0.2, [1.0, 0.0]),
        ([], 0.0, []),
    ],
)
def test_what_is_below_0_is_left_of_the_axis(certainties, zero, ends):
    axis = Axis(certainties)
    assert axis.zero == pytest.approx(zero)
    assert list(map(axis.share, certainties)) == pytest.approx(ends)
