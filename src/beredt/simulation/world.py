"""Moved to `beredt.dispatch.world`."""

from beredt.dispatch.world import *  # noqa: F403
