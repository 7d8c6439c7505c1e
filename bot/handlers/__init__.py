"""What a person says: read the update, call the story, say the answer."""
