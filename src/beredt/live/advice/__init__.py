"""What the study's own rules would do now, with reasons: asked of the very kernel that simulates, decided by people."""
