"""Quality indicators as definitions in a file: what counts among what, the target, the source, and the chart."""
