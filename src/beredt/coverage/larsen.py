"""Survival of cardiac arrest as a straight line, as Larsen and others fitted it."""

from __future__ import annotations

from beredt.coverage.survival import TableCurve

AT_COLLAPSE = 0.67
SOURCE = (
    "Larsen, M. P., Eisenberg, M. S., Cummins, R. O., Hallstrom, A. P. (1993). Predicting survival from "
    "out-of-hospital cardiac arrest: a graphic model. Annals of Emergency Medicine 22(11), 1652-1658, with "
    "resuscitation, defibrillation and advanced care all from the first unit on"
)
LOST_PER_MIN = {"cpr": 0.023, "defibrillation": 0.011, "acls": 0.021}


def larsen_curve() -> TableCurve:
    """The share that survives when one unit brings everything at once.

    s(t) = 0.67 − 0.023·t_cpr − 0.011·t_defibrillation − 0.021·t_acls, times in minutes from the collapse; here all
    three begin when the first unit is there, so that s(t) = 0.67 − 0.055·t, and 0 from 12.2 minutes on. A bystander
    who begins before the unit is there is not in it. It was fitted to witnessed arrests with a shockable rhythm.

    Reference:
        M. P. Larsen, M. S. Eisenberg, R. O. Cummins, A. P. Hallstrom (1993), "Predicting survival from out-of-hospital
        cardiac arrest: a graphic model", Annals of Emergency Medicine 22(11), 1652–1658.
    """
    end_s = 60.0 * AT_COLLAPSE / sum(LOST_PER_MIN.values())
    return TableCurve("larsen", (0.0, end_s), (AT_COLLAPSE, 0.0))
