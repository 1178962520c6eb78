"""Content credentials of pictures (C2PA): read when a file comes in, told to readers, kept through renditions."""
