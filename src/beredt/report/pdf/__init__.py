"""The report on paper: the same blocks as the page, set by typst."""
