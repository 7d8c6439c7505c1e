"""The coach for people who run for stronger legs."""

import os

# Before numpy is loaded. What a question asks of it is small: a second thread only waits for the
# first and burns its processor meanwhile, 15 ms of two where one alone needs 2.5.
os.putenv("OPENBLAS_NUM_THREADS", "1")
