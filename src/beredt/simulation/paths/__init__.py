"""What becomes of incidents before they meet the kernel: triage, pathways, closed departments."""
