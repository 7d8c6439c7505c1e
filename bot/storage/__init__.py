"""SQL lives here alone: values come in and go out, rows stay inside."""
