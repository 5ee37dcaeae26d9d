"""What is still open: which questions may be asked, and what answers to them could change."""
