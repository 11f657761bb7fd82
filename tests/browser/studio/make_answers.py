"""Answers of analyses of the tiny study, kept so that no browser test waits for them.

`python -m tests.browser.studio.make_answers` makes them anew, by the jobs themselves. They are read by the shapes that
the server reads: one that is outgrown fails there.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from beredt.simulation.kernel_cache import prepare_kernel_cache

ANSWERS = Path(__file__).parent / "answers"
PARTS = [{"id": "day", "start": "08:00", "end": "20:00"}, {"id": "night", "start": "20:00", "end": "08:00"}]
QUESTIONS: Mapping[str, Mapping[str, Any]] = {
    "dimension": {"alternatives": ["today"], "replications": 1, "bands": PARTS, "target_share": 0.5},
    "roster": {"stations": ["st-east"], "replications": 1, "families": ["all-day"]},
    "major": {
        "places": [{"place": "w1", "red": 2, "yellow": 3, "green": 24}, {"place": "s1", "after_min": 20, "red": 1}],
        "samples": 3,
        "alternatives": ["2"],
    },
}
"""What is asked, by the kind of the job. In the major incident some have no room, and some come late."""

KEPT = ("answer.json", "played/*.json.gz")
"""What of the files of an answer a page asks for."""


def main() -> None:
    """Do every job, and keep what its page asks for."""
    prepare_kernel_cache()
    from beredt.web.jobs.job_files import OUT
    from beredt.web.jobs.study_run import lay_study
    from beredt.web.jobs.work import Teller, works
    from tests.tiny_study import write_tiny_study

    base = Path(tempfile.mkdtemp())
    study = write_tiny_study(base / "tiny")
    for kind, question in QUESTIONS.items():
        lay_study(study, base / kind)
        works()[kind](base / kind, dict(question), Teller(io.BytesIO()))
        out = base / kind / OUT
        for path in (one for pattern in KEPT for one in out.glob(pattern)):
            target = ANSWERS / kind / path.relative_to(out)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


if __name__ == "__main__":
    main()
