"""City models and call traces of the open simulator JEMSS, made into a study.

`import_city` is the way in. `table_file` reads the format that all its files share, `read_city` everything that
belongs to one city, `study_files` turns that into the tables of a study. Whatever is wrong in the files is collected
as issues and told at once; nothing is put in the place of what is missing.
"""
