"""Use cases: one story a file. Each reads, decides by the domain, writes, and says."""
