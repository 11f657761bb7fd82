"""The risk analysis filled in together: what every assessor answers, kept in a log, shown to all as one picture.

    the study's own scores + what was answered here since → state → picture → (when somebody says so) the study's scores

Begin reading at `workshop.py`. The log (`log.py`) is only ever added to: who answered what, and when. A state
(`state.py`) is the study's table `risk_scores` with what the log holds since the last taking into the study laid on
top. The picture (`picture.py`) is made by the functions of `beredt.decision.risk` that the report's tables come from.
"""
