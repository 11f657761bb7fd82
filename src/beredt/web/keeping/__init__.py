"""What a server keeps, taken away and brought back: backup, restore, upgrade. Begin reading at `backup.py`."""
