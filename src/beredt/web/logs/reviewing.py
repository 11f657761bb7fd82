"""The queue of a log, opened for somebody: what is looked at is written down in it, and what is changed has a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from beredt.errors import QueueError, ResultsError, StaleVersionError, UnknownIdError

if TYPE_CHECKING:
    from beredt.indicators.review.queue import ReviewQueue
    from beredt.web.logs.log_folder import LogFolder

LOCAL = "local"
"""Who acts on one's own machine, where nobody is asked who they are."""


def who_is(name: str) -> str:
    """A caller's name as it stands in a history."""
    return name or LOCAL


@contextmanager
def open_review(own: LogFolder) -> Iterator[ReviewQueue]:
    """The queue of a log for the length of a `with` block.

    Raises:
        ResultsError: The rules were never run.
        QueueError: The queue cannot be used.
    """
    from beredt.indicators.review.queue import open_queue

    if not own.queue.is_file():
        raise ResultsError("there is no review queue yet: run the rules first")
    with open_queue(own.queue) as held:
        yield held


def check_case(held: ReviewQueue, number: int) -> None:
    """Raise UnknownIdError for a case that is not there."""
    try:
        held.get_case(number)
    except QueueError:
        raise UnknownIdError("case", str(number)) from None


def change_status(held: ReviewQueue, number: int, status: str, who: str, comment: str, seen: str) -> None:
    """Give a case another status.

    Raises:
        UnknownIdError: There is no such case.
        OptionError: No such status, or a case is to be done without a word.
        StaleVersionError: Somebody else has changed it since it was seen.
    """
    check_case(held, number)
    try:
        held.set_status(number, status, who, datetime.now(UTC), comment, seen)
    except QueueError as error:
        now = held.get_case(number).status
        if now == seen:
            raise
        message = f"case {number} is {now} by now, not {seen}: look at its history"
        raise StaleVersionError(held.path, message) from error
