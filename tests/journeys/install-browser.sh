#!/bin/sh
# Make sure that a Chromium is there for the journeys, from Debian's packages where it is missing.
# Where it can't be had the journeys skip with a reason; in CI that is a failure (tests/journeys/conftest.py).
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
command -v apt-get >/dev/null 2>&1 || { echo "no Chromium here and no apt-get to install it: the browser journeys will be skipped" >&2; exit 0; }
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
    echo "no Chromium here ('sudo apt-get install chromium' brings it): the browser journeys will be skipped" >&2
    exit 0
fi
echo "installing Chromium for the browser journeys ..."
log=$(mktemp)
if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1; then
    echo "Chromium could not be installed (the browser journeys will be skipped):" >&2
    tail -n 3 "$log" >&2
fi
rm -f "$log"
exit 0
