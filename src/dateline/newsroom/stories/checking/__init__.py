"""What is asked before a story goes out: things that readers would ask about, found by reading the story."""
