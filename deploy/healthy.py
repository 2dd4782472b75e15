"""Whether a part of the portal is well: `python deploy/healthy.py worker http://web:8000`; exit code 0 if it is.

The container health checks of docker-compose.yml. It asks /healthz, so that no check has to start Django.
"""

import json
import sys
import urllib.request


def main(part: str, address: str) -> int:
    # The portal answers only for the hosts that it knows; localhost is always one of them.
    request = urllib.request.Request(f"{address}/healthz", headers={"Host": "localhost"})
    with urllib.request.urlopen(request, timeout=5) as response:
        state = json.load(response)
    print(state)
    return 0 if state[part] == "ok" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
