"""From files to a store, in two passes that can be broken off at any moment.

First every file is read block by block into rows, which are kept in `work/rows` (`read_pass`). Then the rows are taken
in order of the call, a part at a time, cleaned, and written as parts of the store (`clean_pass`). Each finished block
and part is written down in a file of its own, after its data are safe on the disk (`journal`): an import that was
killed goes on from there. Only at the end store.json is written, and `work` is removed.
"""
