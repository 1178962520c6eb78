"""A newsroom to try things on: an invented port, its river, its people, in three languages, with drawn pictures."""
