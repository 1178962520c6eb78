"""Lives inside one newsroom and measures there: a JSON object a line in (`name`, `arguments`), one out (`value`)."""

import json
import os
import sys
import traceback
from pathlib import Path


def main(folder: Path) -> None:
    # What anything prints goes to standard error: standard output carries the answers alone.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from dateline.cli import enter

    enter(folder)
    from tests.bench import anatomy, finding, measures, seeding

    functions = {**measures.FUNCTIONS, **seeding.FUNCTIONS, **anatomy.FUNCTIONS, **finding.FUNCTIONS}
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"value": functions[asked["name"]](**asked["arguments"])}
        except Exception:
            said = {"error": traceback.format_exc()}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
