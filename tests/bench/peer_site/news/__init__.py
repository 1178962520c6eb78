"""The app that the bench adds to `wagtail start`'s own project: sections, stories, and a front that lists them."""
