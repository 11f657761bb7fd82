"""What all databases have in common: SQLite or PostgreSQL behind one address, rows that stay, and versions of tables.

Tables and questions are written once, in SQLAlchemy's core; what one database needs beyond that is all here. A part is
a set of tables that is made, upgraded and kept together. Begin reading at `open.py`.
"""
