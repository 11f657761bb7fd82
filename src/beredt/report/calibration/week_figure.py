"""The week before and after: one panel per urgency, over the hours from Monday to Sunday."""

from __future__ import annotations

from beredt.model.urgency import URGENCIES
from beredt.report import form, theme
from beredt.report.calibration.page import CalibrationPage
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.page.blocks import Figure

WEEK_H = 168
DAY_H = 24


def week_figure(page: CalibrationPage) -> Figure:
    """Weights of the hours of the week by the study and by the log; the mean hour has 1."""
    words, told = page.words, page.calibration
    hours = [place + 0.5 for place in range(WEEK_H)]
    panels = [
        CurvePanel(
            words.sentence(words("urgency." + urgency)),
            {
                "before": Curve(hours, told.profile_before[code].tolist()),
                "after": Curve(hours, told.profile_after[code].tolist()),
            },
        )
        for code, urgency in enumerate(URGENCIES)
    ]
    top = max(float(told.profile_before.max()), float(told.profile_after.max()))
    looks = {
        "before": Look(theme.TODAY_INK.light, "o", "--", words("calibration.column.before")),
        "after": Look(theme.BUSY.light, "o", "-", words("calibration.by_log")),
    }
    frame = CurveFrame(
        Scale(words("calibration.axis_hour"), form.COUNT),
        Scale(words("calibration.axis_weight"), form.RATIO),
        (0.0, float(WEEK_H)),
        (0.0, top * 1.05),
        x_at=[float(hour) for hour in range(0, WEEK_H + 1, DAY_H)],
    )
    svg = draw_curves(panels, frame, looks, page.numbers, "week", columns=1, height_in=1.3)
    alt = words("calibration.week_alt", urgencies=words.listed(words("urgency." + one) for one in URGENCIES))
    return Figure(svg, alt, words("calibration.week_caption"), "calibration/profile.csv")
