"""Quickest ways over a road map: turn bans made into a plain graph, and engines that answer for many places at once."""
