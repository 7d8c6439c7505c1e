"""How bytes reach Telegram: transport, limiter, messenger, error table."""
