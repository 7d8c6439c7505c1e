"""The coach for people who run for stronger legs."""
