#!/bin/bash
# jobmanager or taskmanager; FLINK_PROPERTIES override the stock configuration, of which only Java's options stay.
set -euo pipefail
mode=$1
shift
{
  sed -n 's/^ *all: /env.java.opts.all: /p' /opt/flink/conf/config.stock
  echo "jobmanager.bind-host: 0.0.0.0"
  echo "taskmanager.bind-host: 0.0.0.0"
  echo "rest.address: jobmanager"
  echo "rest.bind-address: 0.0.0.0"
  echo "blob.server.port: 6124"
  printf '%s\n' "${FLINK_PROPERTIES:-}"
} >/opt/flink/conf/config.yaml
exec gosu flink "/opt/flink/bin/$mode.sh" start-foreground "$@"
