"""A simulated year as an export of AMIS would show it, with faults planted and counted, to try readers of logs on."""
