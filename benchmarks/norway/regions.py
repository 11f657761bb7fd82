"""Which organisation and centre a municipality belongs to, told by its number.

The cuts follow counties and, in the long ones, ranges of numbers. They resemble the real borders between health regions
and emergency centres, and are not them.
"""

from __future__ import annotations

from dataclasses import dataclass

ORGANISATIONS = {"north": "North", "central": "Central", "west": "West", "south-east": "South-East"}


@dataclass(frozen=True, slots=True)
class CentreRegion:
    """A centre and the municipalities it answers for: `numbers` are ranges, both ends included."""

    id: str
    name: str
    organisation: str
    numbers: tuple[tuple[int, int], ...]


CENTRES = (
    CentreRegion("finnmark", "Finnmark", "north", ((5600, 5699),)),
    CentreRegion("troms", "Troms", "north", ((5500, 5599),)),
    CentreRegion("lofoten", "Ofoten, Lofoten and Vesterålen", "north", ((1806, 1806), (1851, 1899))),
    CentreRegion("salten", "Salten", "north", ((1800, 1805), (1837, 1850))),
    CentreRegion("helgeland", "Helgeland", "north", ((1807, 1836),)),
    CentreRegion("trondelag-north", "Trøndelag north", "central", ((5006, 5007), (5034, 5053), (5060, 5060))),
    CentreRegion(
        "trondelag-south", "Trøndelag south", "central", ((5000, 5005), (5008, 5033), (5054, 5059), (5061, 5099))
    ),
    CentreRegion("more", "Møre and Romsdal", "central", ((1500, 1599),)),
    CentreRegion("sogn", "Sogn and Fjordane", "west", ((4602, 4602), (4635, 4699))),
    CentreRegion("bergen", "Bergen", "west", ((4601, 4601), (4603, 4610), (4619, 4634))),
    CentreRegion(
        "haugaland", "Haugaland and Sunnhordland", "west", ((1106, 1106), (1134, 1135), (1145, 1199), (4611, 4618))
    ),
    CentreRegion("stavanger", "Stavanger", "west", ((1100, 1105), (1107, 1133), (1136, 1144))),
    CentreRegion("agder", "Agder", "south-east", ((4200, 4299),)),
    CentreRegion("telemark", "Telemark", "south-east", ((4000, 4099),)),
    CentreRegion("vestfold", "Vestfold", "south-east", ((3900, 3999),)),
    CentreRegion("buskerud", "Buskerud", "south-east", ((3300, 3399),)),
    CentreRegion("innlandet", "Innlandet", "south-east", ((3400, 3499),)),
    CentreRegion("ostfold", "Østfold", "south-east", ((3100, 3199),)),
    CentreRegion("oslo", "Oslo and Akershus", "south-east", ((300, 399), (3200, 3299))),
)


def centre_of(municipality: str) -> CentreRegion:
    """The centre of a municipality by its number of four digits.

    Raises:
        ValueError: a number that no centre has.
    """
    number = int(municipality)
    for centre in CENTRES:
        if any(first <= number <= last for first, last in centre.numbers):
            return centre
    raise ValueError(f"no centre answers for municipality {municipality}: add its number to a range of CENTRES")
