"""Charts: an editor's figures read, drawn once as SVG, and said in words."""
