from types import SimpleNamespace

import pytest

from expert.verification.looked import Looked

SHARES = [
    (True, 65, "65 of all 10,000 cases"),
    (False, 65, "65 of 10,000 cases drawn"),
    (False, 0, "rare cases (none of 10,000 drawn)"),
]


@pytest.mark.parametrize(("are_all", "cases", "said"), SHARES)
def test_how_many_cases_show_something_is_said_with_how_many_were_looked_at(are_all, cases, said):
    looked = Looked(None, SimpleNamespace(counted=10_000), are_all, None)
    assert looked.share(SimpleNamespace(cases=cases)) == said
