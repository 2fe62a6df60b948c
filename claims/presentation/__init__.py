"""What pages show of a comparison: pure functions from a snapshot to view models, which templates only lay out."""
