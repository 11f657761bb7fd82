"""Maximal covering with spopt, for another Python than the project's: ``python spopt_mclp.py CASE.npz``.

The case holds `travel` (areas, sites), `demand` (areas), `radius` and `stations`. Prints one JSON document: CPU seconds
of building and solving, and the covered demand. spopt hands its model to HiGHS through PuLP, one thread, gap 0.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from typing import Any

import numpy as np

warnings.simplefilter("ignore")


def main() -> None:
    """Solve the case."""
    case = np.load(sys.argv[1])
    locate: Any = importlib.import_module("spopt.locate")
    pulp: Any = importlib.import_module("pulp")
    began = time.process_time()
    model = locate.MCLP.from_cost_matrix(
        case["travel"], case["demand"], service_radius=float(case["radius"]), p_facilities=int(case["stations"])
    )
    built = time.process_time()
    model.solve(pulp.HiGHS(msg=False, gapRel=0.0, threads=1), results=False)
    ended = time.process_time()
    objective = float(pulp.value(model.problem.objective))
    print(json.dumps({"build_s": built - began, "solve_s": ended - built, "objective": objective}))


if __name__ == "__main__":
    main()
