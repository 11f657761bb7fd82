"""Sentences that say what a chapter found, built from figures with their intervals."""
