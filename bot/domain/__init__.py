"""What the trade knows: values and pure decisions. Standard library only."""
