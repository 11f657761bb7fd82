"""Whom to send so that those left behind cover most: the order in which the leave-behind rule prefers units.

Of the units that are expected in time, the one whose going costs least expected cover (`cover.loss`); where none comes
in time, the nearest. So no incident is expected to be late that could be in time, but some wait longer than for
the nearest unit [1]_. Of equal losses the sooner unit goes, and of units equal in both the one looked at first.

References:
    .. [1] Jagtenberg, C. J., Bhulai, S., van der Mei, R. D. (2017). Dynamic ambulance dispatching: is the closest-idle
       policy always optimal? Health Care Management Science 20(4), 517-531. doi:10.1007/s10729-016-9368-0
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import leaf

NOT_IN_TIME = np.inf
"""What counts as the loss of a unit that comes too late: so late units are told apart by their seconds alone."""


@leaf
def is_preferred(lost: float, expected_s: float, best_lost: float, best_s: float) -> bool:
    """Whether a unit is to be sent rather than the best one found so far.

    Args:
        lost: what its going costs, or `NOT_IN_TIME`.
        expected_s: seconds until it is expected at the scene.
        best_lost: the same of the best so far; `NOT_IN_TIME` without any.
        best_s: seconds of the best so far; infinite without any.
    """
    return lost < best_lost or (lost == best_lost and expected_s < best_s)
