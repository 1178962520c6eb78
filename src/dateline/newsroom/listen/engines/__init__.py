"""Programs that speak, each a process of its own. They import nothing of Dateline but this folder.

An engine reads one request a line from standard input and answers each with one line, both JSON:

    {"voice": "es-419", "sentences": ["…", "…"], "pauses": [0.3, 0.6], "pcm": "/folder/file"}
    {"rate": 22050, "spans": [[0, 40100], [46715, 99000]]}

The sound is signed 16-bit little-endian mono at `rate` in the file named by `pcm`; `spans` are the first sample of each
sentence and the one after its last. `pauses` are seconds after each. What cannot be spoken is answered with
`{"error": "…"}`, and the engine goes on.
"""
