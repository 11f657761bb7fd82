"""What an ambulance may drive on, and how fast one may drive where no sign says it: tables, and what reads them."""
