"""A kind of unit whose crew nobody has said has no price: nothing of it is told as if it were an ambulance's."""

from __future__ import annotations

from beredt.decision.cost.quantities import ALL, uncrewed_items
from beredt.decision.frames import result_schema
from beredt.decision.staffing.hours import StaffedUnit
from beredt.decision.staffing.tables import staff_table
from beredt.model.alternative import TODAY

CAR = StaffedUnit("a", "st", "ours", "ambulance", 8760.0, 17520.0)
HELICOPTER = StaffedUnit("h", "base", "theirs", "helicopter", 8760.0, None)


def test_only_owners_of_a_new_kind_without_a_crew_lack_a_price() -> None:
    staff = staff_table({TODAY: [CAR], "air": [CAR, HELICOPTER], "same": [CAR]}, (), None)
    assert tuple(staff.columns) == tuple(result_schema("staff"))
    found = uncrewed_items(staff, "air", TODAY)
    assert found == {(name, item) for name in ("theirs", ALL) for item in ("ambulance_staff", "units", "km")}
    assert not uncrewed_items(staff, "same", TODAY)


def test_what_the_baseline_has_as_well_makes_no_difference() -> None:
    staff = staff_table({TODAY: [HELICOPTER], "air": [HELICOPTER, CAR]}, (), None)
    assert not uncrewed_items(staff, "air", TODAY)
