"""What must hold between cells, rows, tables and settings, beyond what the field dictionary says of one cell.

Each check takes typed tables, settings or a service and yields issues; cells that are empty or at fault were
reported when they were read, and are passed over here.
"""
