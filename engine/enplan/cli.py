"""placeholder replaced below"""

import sys

from enplan.corpus import load
from enplan.problems import Invalid

if __name__ == "__main__":
    try:
        corpus = load()
    except Invalid as error:
        sys.exit(str(error))
    print(
        f"{len(corpus.requirements)} requirements, {len(corpus.changes)} changes, {len(corpus.clocks)} clocks; strata {len(corpus.strata)}"
    )
