#!/bin/bash
# Computers that you reach by ssh become hosts of the room that `parlab room` opened on this one:
#
#   ./ssh.sh room.key room1 desk7 desk8 desk9
#
# The broker listens to this computer alone: each host comes to it through the tunnel of its own connection. Ctrl+C ends all of them.
set -euo pipefail

if [ "$#" -lt 3 ]; then
  echo "Usage: $0 KEY-FILE ROOM HOST…" >&2
  exit 2
fi
key=$1
room=$2
shift 2
port=${PORT:-4222}

hosts=()
trap 'kill "${hosts[@]}" 2>/dev/null || true; wait' EXIT INT TERM
for host in "$@"; do
  # The key goes through the connection into a file of the other side, and is no argument of any program. With a terminal (-tt) the
  # worker ends when the connection does.
  ssh "$host" 'umask 077; cat > .parlab-room.key' < "$key"
  ssh -tt -o ExitOnForwardFailure=yes -o ServerAliveInterval=5 -R "$port:127.0.0.1:$port" "$host" \
    "PARLAB_TOKEN_FILE=.parlab-room.key exec parlab worker --join nats://127.0.0.1:$port/$room --name $host" < /dev/null &
  hosts+=("$!")
done
wait
