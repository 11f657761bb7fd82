"""Nothing is simulated twice, and what is remembered is what would have been simulated."""

from __future__ import annotations

from beredt.decision.remembered import RememberedMeasures
from beredt.model.study import Study
from tests.decision.pretended import Pretender, ask_of, services_of


def test_only_what_is_not_known_is_asked_for(tiny: Study) -> None:
    pretender = Pretender(ask_of)
    measure = RememberedMeasures(pretender)
    services = services_of(tiny)
    measure.remember(services["0+"], pretender({"0+": services["0+"]}, 6)["0+"])
    found = measure({"baseline": services["0+"], "2": services["2"]}, 4)
    asked, replications = pretender.asked[-1]
    assert (set(asked), replications) == ({"2"}, 4)
    assert [one.replications for one in found.values()] == [4, 4]
    measure({"again": services["2"], "and": services["0+"]}, 3)
    assert len(pretender.asked) == 2


def test_more_replications_than_known_are_asked_for(tiny: Study) -> None:
    pretender = Pretender(ask_of)
    measure = RememberedMeasures(pretender)
    service = services_of(tiny)["2"]
    few, many = measure({"2": service}, 3)["2"], measure({"2": service}, 5)["2"]
    assert [replications for _, replications in pretender.asked] == [3, 5]
    assert (few.replications, many.replications) == (3, 5)
    assert measure({"2": service}, 5)["2"].replications == 5


def test_fewer_never_replace_more(tiny: Study) -> None:
    pretender = Pretender(ask_of)
    measure = RememberedMeasures(pretender)
    service = services_of(tiny)["2"]
    measure({"2": service}, 5)
    measure.remember(service, pretender({"2": service}, 2)["2"])
    assert measure({"2": service}, 5)["2"].replications == 5
