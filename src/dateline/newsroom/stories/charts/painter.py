"""The process that draws: a JSON array of Vega-Lite drawings in, a JSON array of SVG out, and it ends.

It holds a JavaScript engine, so nothing that serves or publishes imports it. It reads no address: what is drawn carries
its own data.
"""

import json
import sys


def main() -> None:
    import vl_convert

    asked = json.load(sys.stdin.buffer)
    drawn = [vl_convert.vegalite_to_svg(spec, vl_version="5.21", allowed_base_urls=[]) for spec in asked]
    sys.stdout.write(json.dumps(drawn))


if __name__ == "__main__":
    main()
