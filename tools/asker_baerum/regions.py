"""Municipalities and districts of the study, and who is responsible where today."""

from __future__ import annotations

from typing import NamedTuple

MUNICIPALITIES = {
    "0301": ("oslo", "Oslo"),
    "3201": ("baerum", "Bærum"),
    "3203": ("asker", "Asker"),
    "3205": ("lillestrom", "Lillestrøm"),
    "3207": ("nordre-follo", "Nordre Follo"),
    "3212": ("nesodden", "Nesodden"),
    "3214": ("frogn", "Frogn"),
    "3222": ("lorenskog", "Lørenskog"),
    "3301": ("drammen", "Drammen"),
    "3312": ("lier", "Lier"),
}
"""Official number → id and name: the study's ten municipalities."""

THROUGH_COUNTRY = {"3216": "Vestby", "3218": "Ås", "3224": "Rælingen", "3232": "Nittedal", "3310": "Hole"}
"""Municipalities that roads cross and maps show, without areas."""

OSLO_DISTRICTS = {
    "01": ("gamle-oslo", "Gamle Oslo"),
    "02": ("grunerlokka", "Grünerløkka"),
    "03": ("sagene", "Sagene"),
    "04": ("st-hanshaugen", "St. Hanshaugen"),
    "05": ("frogner", "Frogner"),
    "06": ("ullern", "Ullern"),
    "07": ("vestre-aker", "Vestre Aker"),
    "08": ("nordre-aker", "Nordre Aker"),
    "09": ("bjerke", "Bjerke"),
    "10": ("grorud", "Grorud"),
    "11": ("stovner", "Stovner"),
    "12": ("alna", "Alna"),
    "13": ("ostensjo", "Østensjø"),
    "14": ("nordstrand", "Nordstrand"),
    "15": ("sondre-nordstrand", "Søndre Nordstrand"),
    "16": ("sentrum", "Sentrum"),
    "17": ("marka", "Marka"),
}
"""Last two digits of the district number → id and name."""

ASKER_PARTS = {"asker-gamle": "Asker før 2020", "royken": "Røyken", "hurum": "Hurum"}
"""The three municipalities that became Asker in 2020."""

GRORUDDALEN = ("grorud", "stovner", "alna")
"""Oslo districts whose local hospital is Ahus."""


class Responsibility(NamedTuple):
    """Who answers for an area today; the columns of the table `areas`."""

    hospital_zone: str
    rate_region: str
    centre: str
    organisation: str


def responsibility(municipality: str, district: str | None) -> Responsibility:
    """Hospital zone, rate region, centre and organisation of an area today; sources in the study's SOURCES.md."""
    zone = _hospital_zone(municipality, district)
    rates = "oslo" if municipality == "oslo" else "outside"
    if municipality in {"drammen", "lier"}:
        return Responsibility(zone, rates, "drammen", "vv")
    if district in {"royken", "hurum"}:
        return Responsibility(zone, rates, "oslo", "vv")
    return Responsibility(zone, rates, "oslo", "ous")


def _hospital_zone(municipality: str, district: str | None) -> str:
    if municipality in {"drammen", "lier"} or district in {"royken", "hurum"}:
        return "drammen"
    if municipality in {"asker", "baerum"}:
        return "asker-baerum"
    if municipality == "oslo":
        return "groruddalen" if district in GRORUDDALEN else "oslo"
    return "ahus"
