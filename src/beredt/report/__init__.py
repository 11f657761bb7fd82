"""What comes out of a run: results, tables, figures, maps and the report, in each language."""
