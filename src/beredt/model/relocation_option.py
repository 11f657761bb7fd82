"""The rule of relocation as one word on the command line: `RULE[:PARAMETER]`."""

from __future__ import annotations

from dataclasses import replace

from beredt.errors import OptionError
from beredt.model.checks.relocation import check_relocation
from beredt.model.did_you_mean import find_closest
from beredt.model.relocation_rules import RELOCATION_RULES, TABLE_RULES, RelocationRule, RelocationRules
from beredt.model.relocation_tables import list_tables
from beredt.model.service import Service

NONE = "none"
"""Another word for home: no relocation at all."""

HIGHEST_BUSY_FRACTION = 0.99

BUSY_RULES = ("dmexclp", "zhang")
"""Rules that take a busy fraction."""


def relocation_from_option(text: str, service: Service) -> RelocationRules:
    """The service's rules of relocation, but with another rule.

    Its limits, its centre and, where none is given, its busy fraction stay.

    Args:
        text: none or home, stay, standby, dmexclp[:BUSY_FRACTION], zhang[:BUSY_FRACTION], compliance[:TABLE],
            priority_list[:TABLE].
        service: whose tables may be followed.

    Raises:
        OptionError: no such rule, parameter or table; the message lists what there is.
    """
    word, colon, parameter = (part.strip() for part in text.partition(":"))
    rule = _rule(word, text, service)
    rules = replace(service.relocation, rule=rule, table="")
    if colon:
        rules = _with_parameter(rules, parameter, text, service)
    asked = replace(service, relocation=rules)
    before = {(lack.field, lack.message) for lack in check_relocation(service)}
    for lack in check_relocation(asked):
        if lack.severity == "error" and (lack.field, lack.message) not in before:
            raise OptionError("--relocation", text, lack.message, _offer(service))
    return rules


def relocation_option(rules: RelocationRules) -> str:
    """The rule as it is asked for: with its table, or with its busy fraction."""
    if rules.table:
        return f"{rules.rule}:{rules.table}"
    return f"{rules.rule}:{rules.busy_fraction:g}" if rules.rule in BUSY_RULES else rules.rule


def _rule(word: str, text: str, service: Service) -> RelocationRule:
    if word == NONE:
        return "home"
    for rule in RELOCATION_RULES:
        if rule == word:
            return rule
    close = find_closest(word, [NONE, *RELOCATION_RULES])
    hint = f"did you mean {close}? " if close else ""
    raise OptionError("--relocation", text, f"there is no rule {word!r}", hint + _offer(service))


def _with_parameter(rules: RelocationRules, parameter: str, text: str, service: Service) -> RelocationRules:
    if rules.rule in BUSY_RULES:
        return replace(rules, busy_fraction=_fraction(parameter, text))
    if rules.rule not in TABLE_RULES:
        raise OptionError("--relocation", text, f"the rule {rules.rule} takes no parameter", _offer(service))
    if parameter not in list_tables(service, rules.rule):
        raise OptionError("--relocation", text, f"there is no table {parameter!r} in {rules.rule}", _offer(service))
    return replace(rules, table=parameter)


def _fraction(parameter: str, text: str) -> float:
    try:
        value = float(parameter)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= HIGHEST_BUSY_FRACTION:
        remedy = f"give a number from 0 to {HIGHEST_BUSY_FRACTION:g}, such as dmexclp:0.4"
        raise OptionError("--relocation", text, f"{parameter!r} is no busy fraction", remedy)
    return value


def _offer(service: Service) -> str:
    """What may be written for this service."""
    words = [f"{NONE} or home", "stay", "standby", "dmexclp[:BUSY_FRACTION]", "zhang[:BUSY_FRACTION]"]
    for rule in reversed(TABLE_RULES):
        tables = list_tables(service, rule)
        there = f"tables: {', '.join(tables)}" if tables else "this study has no such table"
        words.append(f"{rule}[:TABLE] ({there})")
    return "there are " + ", ".join(words)
