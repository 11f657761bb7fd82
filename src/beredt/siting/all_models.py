"""Every model of siting by its name, with what it looks for and its source."""

from __future__ import annotations

from beredt.errors import OptionError
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.named_models import NAMED_MODELS


def all_models() -> dict[str, str]:
    """What each model looks for: models of stations first, then those of units."""
    return {**{name: model.looks_for for name, model in CORE_MODELS.items()}, **NAMED_MODELS}


def check_model(name: str) -> None:
    """Refuse a name that no model has. Raises OptionError with all names."""
    known = all_models()
    if name not in known:
        listed = "; ".join(f"{each}: {text}" for each, text in known.items())
        raise OptionError("--model", name, "there is no such model", f"give one of these: {listed}")
