"""Which topic a question belongs to, and which passage bears it: vectors, words, one light head."""
