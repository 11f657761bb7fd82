"""Major incidents: many patients at one place, put among the incidents of a simulated day."""
