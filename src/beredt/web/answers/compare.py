"""From a question to the services that it is about."""

from __future__ import annotations

from beredt.errors import EditError, OptionError
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.study import Study
from beredt.web.answers.asking import Proposal
from beredt.web.answers.forms import AnswersQuestion, DraftIn
from beredt.web.answers.telling import Compared
from beredt.web.draft import lay_draft
from beredt.web.open_study import roads_of

UNSAVED = "*"
"""Follows the id of a saved alternative in the name of a draft that is not as it was saved."""


def compared_in(study: Study, question: AnswersQuestion) -> Compared:
    """Lay every draft on today's service.

    Raises:
        EditError: edits that do not fit, all of them.
        OptionError: two drafts of one id.
        UnknownIdError: no saved alternative of that id.
    """
    ids = [draft.id for draft in question.of]
    if len(set(ids)) < len(ids):
        raise OptionError("of", ", ".join(ids), "two drafts have the same id", "give each its own")
    proposals: dict[str, Proposal] = {}
    of: dict[str, str] = {}
    titles: dict[str, str] = {}
    for draft in question.of:
        name = _propose(study, draft, proposals)
        of[name] = draft.id
        titles[name] = draft.title or ""
    against = question.against
    if isinstance(against, DraftIn):
        titles[against.id] = against.title or ""
        beside = _propose(study, against, proposals)
    else:
        beside = _saved(study, against, proposals)
    gate = study.settings.gate
    baseline = _saved(study, gate.baseline, proposals) if gate else ""
    unsaved = frozenset(name for name in of if not _is_saved(study, name))
    return Compared(proposals, of, beside, baseline, titles, unsaved)


def _propose(study: Study, draft: DraftIn, proposals: dict[str, Proposal]) -> str:
    """The name under which a draft is simulated: its id, marked when the saved alternative of that id is another."""
    laid = lay_draft(study, draft.edits)
    if laid.complaints:
        raise EditError(laid.complaints)
    proposal = Proposal(laid.service, laid.edits, laid.service.checksum(), roads_of(study, laid.service))
    name = draft.id
    if name == TODAY:
        taken = proposal.key != study.service.checksum()
    else:
        saved = next((one for one in study.alternatives if one.id == name), None)
        taken = saved is not None and saved.edits != laid.edits
    name = f"{name}{UNSAVED}" if taken else name
    while name in proposals and proposals[name].key != proposal.key:
        name += UNSAVED
    proposals[name] = proposal
    return name


def _saved(study: Study, name: str, proposals: dict[str, Proposal]) -> str:
    """Today, or an alternative as it is saved. Raises UnknownIdError."""
    if name not in proposals:
        edits = () if name == TODAY else study.get_alternative(name).edits
        service = apply_edits(study.service, edits, name) if edits else study.service
        proposals[name] = Proposal(service, edits, service.checksum(), roads_of(study, service))
    return name


def _is_saved(study: Study, name: str) -> bool:
    return name == TODAY or any(one.id == name for one in study.alternatives)
