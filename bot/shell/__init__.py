"""What each command of the command line does. Results go to stdout, everything else to stderr."""
