"""What readers talk to: hands out the sheets of a store, and asks the desk only for those that are not printed yet.

`pages` finds the sheet of an address, `shelf` keeps ready answers in memory, `asking` asks the desk to print, `files`
serves pictures and static files, `proxy` passes editors through to the desk. `app.Stand` puts them together and speaks
RSGI, Granian's own interface; `asgi` wraps it for any other server.
"""
