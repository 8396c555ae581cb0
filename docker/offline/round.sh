#!/bin/bash
# The full stack without pulling an image: makes stand-ins for the public images from Debian, Maven and PyPI packages,
# starts the same docker-compose.yml on them without Doris, verifies it, kills parts of it and awaits their recovery.
#
#   docker/offline/round.sh           the round; its log is build/offline-round.log
#   docker/offline/round.sh images    only makes the images
#   docker/offline/round.sh up        also starts the stack, and leaves it running
#   docker/offline/round.sh kills     kills parts of it, one after the other
#   docker/offline/round.sh small     starts it with the hot store as one process, verifies it, and ends it
#   docker/offline/round.sh down      ends it and removes its volumes
#
# It needs root, JDK 17, Maven, Python 3 with pip, and: apt-get install docker.io debootstrap
# (and Go where Docker has no Compose v2). It takes 8 GB of memory and 10 GB of disk, in build/offline.
set -euo pipefail
home=$(cd "$(dirname "$0")/../.." && pwd)
here=$home/docker/offline
work=$home/build/offline
log=$home/build/offline-round.log
project=millrace-offline
flink_version=$(sed -n 's:.*<flink.version>\(.*\)</flink.version>.*:\1:p' "$home/pom.xml")
repository=${MILLRACE_MAVEN_REPOSITORY:-$HOME/.m2/repository}
mkdir -p "$work"

say() { echo "$(date +%H:%M:%S) $*"; }
fail() { echo "offline round: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
seconds() { date +%s; }

start_engine() {
  have docker || fail "no docker: apt-get install docker.io"
  if ! docker info >/dev/null 2>&1; then
    have dockerd || fail "no Docker engine answers and there is no dockerd: apt-get install docker.io"
    say "starting dockerd on $work/docker"
    setsid dockerd --data-root "$work/docker" >"$work/dockerd.log" 2>&1 &
    engine=$!
    for _ in $(seq 60); do docker info >/dev/null 2>&1 && return; sleep 1; done
    fail "dockerd did not start: see $work/dockerd.log"
  fi
}

find_compose() {
  if docker compose version --short 2>/dev/null | grep -q '^v\?[2-9]'; then
    compose=(docker compose)
  else
    compose=("$work/docker-compose")
    if [ ! -x "${compose[0]}" ]; then
      have go || fail "Docker has no Compose v2 and there is no Go to build it with"
      say "building Compose from its Go modules"
      (cd "$here/compose" && go build -o "${compose[0]}" github.com/docker/compose/v2/cmd)
    fi
  fi
  compose+=(-p "$project" -f "$home/docker-compose.yml" --env-file "$here/offline.env" --profile lake-sql)
}

# make NAME CONTEXT: builds millrace-offline/NAME when its context has changed.
make() {
  local hash tag=millrace-offline/$1
  hash=$(cd "$2" && find . -type f -printf '%p %s %m\n' | LC_ALL=C sort | cat - <(cat ./* 2>/dev/null) | sha256sum | cut -c1-16)
  if [ "$(docker image inspect -f '{{index .Config.Labels "context"}}' "$tag" 2>/dev/null)" != "$hash" ]; then
    say "image $tag"
    DOCKER_BUILDKIT=0 docker build -q --label "context=$hash" -t "$tag" "$2" >/dev/null 2>"$work/build.log" ||
      { cat "$work/build.log" >&2; fail "image $tag was not built"; }
  fi
}

context() {
  mkdir -p "$work/images/$1"
  cp -a "$here/$1/." "$work/images/$1/"
  echo "$work/images/$1"
}

# The jars of docker/offline/NAME/pom.xml.
jars() {
  [ -d "$work/images/$1/libs" ] || mvn -B -ntp -q -Dstyle.color=never -f "$here/$1/pom.xml" -Dmaven.repo.local="$repository" \
    dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/images/$1/libs"
}

make_images() {
  if ! docker image inspect millrace-offline/debian >/dev/null 2>&1; then
    have debootstrap || fail "no debootstrap: apt-get install debootstrap"
    say "image millrace-offline/debian"
    rm -rf "$work/debian"
    debootstrap --variant=minbase bookworm "$work/debian" >"$work/debootstrap.log"
    tar -C "$work/debian" -c . | docker import - millrace-offline/debian >/dev/null
    rm -rf "$work/debian"
  fi
  make base "$(context base)"
  make postgres "$(context postgres)"

  for name in zookeeper object-store; do
    folder=$(context $name)
    jars $name
    make $name "$folder"
  done

  folder=$(context flink)
  if [ ! -d "$folder/dist" ]; then
    say "fetching Flink $flink_version from PyPI"
    python3 -m pip download -q --no-deps -d "$work/wheels" "apache-flink-libraries==$flink_version" \
      "apache-flink==$flink_version"
    (cd "$work/wheels" && python3 - "$work/flink-wheels" <<'PYTHON'
import glob, sys, zipfile
for wheel in glob.glob("apache_flink*.whl"):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(("pyflink/bin/", "pyflink/conf/", "pyflink/lib/", "pyflink/plugins/")):
                archive.extract(name, sys.argv[1])
PYTHON
    )
    chmod -R a+rX "$work/flink-wheels"
    chmod +x "$work"/flink-wheels/pyflink/bin/*
    mvn -B -ntp -q -Dstyle.color=never -N -f "$home/pom.xml" dependency:copy -Dartifact="org.apache.flink:flink-s3-fs-hadoop:$flink_version" \
      -Dmaven.repo.local="$repository" -DoutputDirectory="$work/flink-wheels/pyflink/opt"
    mv "$work/flink-wheels/pyflink" "$folder/dist"
    rm -rf "$work/flink-wheels" "$work/wheels"
  fi
  make flink "$folder"

  "$home/millrace" build
  build=$(dirname "$(ls -t "$home"/build/*/complete | head -n 1)")
  folder=$work/images/built
  mkdir -p "$folder"
  "$home/docker/collect.sh" "$repository" "$build" "$folder/built"
  printf 'FROM scratch\nCOPY built /built\n' >"$folder/Dockerfile"
  make built "$folder"

  # Kafka's jars are those of the event log, without our own and Debezium's.
  folder=$(context kafka)
  mkdir -p "$folder/libs"
  tr ':' '\n' <"$build/event-log.classpath" | grep -Ev "^$build/|/debezium-|/postgresql-" | while read -r jar; do
    cp -u "$jar" "$folder/libs/"
  done
  make kafka "$folder"

  say "images of our own parts"
  COMPOSE_BAKE=false "${compose[@]}" build >"$work/compose-build.log" 2>&1 || { tail -n 30 "$work/compose-build.log" >&2; fail "the images were not built"; }
}

services() { "${compose[@]}" config --services | grep -v '^doris-'; }

up() {
  local start
  start=$(seconds)
  # shellcheck disable=SC2046
  "${compose[@]}" up -d --wait --wait-timeout 900 $(services) >"$work/compose-up.log" 2>&1 ||
    { tail -n 30 "$work/compose-up.log" >&2; "${compose[@]}" ps -a; fail "the stack is not healthy"; }
  say "healthy, with all jobs submitted, after $(($(seconds) - start)) s"
}

inspect() { docker inspect -f "$2" "$("${compose[@]}" ps -q "$1")"; }

# Jobs that run, with all their tasks running.
job_count() {
  "${compose[@]}" exec -T jobmanager curl -s --max-time 20 http://127.0.0.1:8081/jobs/overview | python3 -c '
import json, sys
print(sum(job["state"] == "RUNNING" and job["tasks"]["running"] == job["tasks"]["total"] for job in json.load(sys.stdin)["jobs"]))'
}

# Each pipeline and each agent is a job; so are the ledger's, the two that read files, the one that makes them searchable
# and the one that carries hot tables into the lake.
jobs_running() {
  local wanted
  wanted=$(($(ls "$home"/apps/shop/pipelines/*.sql "$home"/apps/shop/agents/*/agent.yaml | wc -l) + 5))
  [ "$(job_count)" = "$wanted" ]
}

# await SECONDS WHAT COMMAND...
await() {
  local limit=$1 what=$2 start
  shift 2
  start=$(seconds)
  until "$@" >/dev/null 2>&1; do
    [ $(($(seconds) - start)) -lt "$limit" ] || fail "$what: not within $limit s"
    sleep 1
  done
}

verify() {
  for _ in 1 2 3; do
    if "${compose[@]}" exec -T deployer program verify >"$work/verify.log" 2>&1; then
      say "verify: every table in the lake equals its source"
      return
    fi
    sleep 10
  done
  cat "$work/verify.log"
  fail "the lake does not equal its sources"
}

# Kills a service's process as a crash would, so that its restart policy brings it back.
crash() {
  local service=$1 old start
  await 300 "all jobs running" jobs_running
  old=$(inspect "$service" '{{.State.Pid}}')
  start=$(seconds)
  kill -9 "$old"
  await 60 "death of $service" new_process "$service" "$old"
  await 600 "return of $service" back "$service"
  say "$service killed: healthy again, all jobs running after $(($(seconds) - start)) s"
  verify
}
new_process() { [ "$(inspect "$1" '{{.State.Pid}}')" != "$2" ]; }
back() {
  [ "$(inspect "$1" '{{.State.Health.Status}}')" = healthy ] && jobs_running
}

memory() {
  say "memory now and its limit"
  docker stats --no-stream --format '{{.Name}} {{.MemUsage}}' $("${compose[@]}" ps -q) |
    sed "s/^$project-//; s/-1 / /" | sort | column -t
}

# The agents' state lies below their checkpoints, not on the TaskManager's disk.
agent_state() {
  local files
  files=$("${compose[@]}" exec -T object-store find /data/millrace/flink -path '*/shared/op_*/db/*' -type f | wc -l)
  [ "$files" -gt 0 ] || fail "no file of ForSt state on the object store"
  say "$files files of agents' state on the object store"
}

# The hot tables' copies are in the lake, and Flink sees the snapshots that the tablet servers write.
hot_tables() {
  local rows files
  rows=$("${compose[@]}" exec -T deployer program sql -e 'SELECT count(*) FROM lake.shop.customer_activity' | grep -oE '[0-9]+' | tail -n 1)
  [ "${rows:-0}" -gt 0 ] || fail "lake.shop.customer_activity has no rows"
  files=$("${compose[@]}" exec -T -u flink taskmanager find /hot-store/remote -path '*/snap-*' -type f -readable | wc -l)
  [ "$files" -gt 0 ] || fail "no file of a hot table's snapshot that Flink could read"
  say "$rows rows of customer_activity in the lake, $files files of snapshots for Flink"
}

kills() {
  crash taskmanager
  crash jobmanager
  crash kafka
  crash tablet-server-1
  crash hot-store
  "${compose[@]}" exec -T serving-api curl -fsS http://127.0.0.1:8080/v1/customers/5
  echo
}

# The hot store as one process, in an environment of its own.
small() {
  local replicated=("${compose[@]}")
  compose+=(-f "$home/docker/small.yml")
  "${compose[@]}" down -v --remove-orphans >/dev/null 2>&1
  up
  await 300 "all jobs running" jobs_running
  verify
  hot_tables
  crash hot-store
  "${compose[@]}" down -v --remove-orphans >/dev/null 2>&1
  compose=("${replicated[@]}")
}

run_round() {
  local start
  start=$(seconds)
  start_engine
  find_compose
  say "Docker $(docker version -f '{{.Server.Version}}'), Compose $("${compose[@]}" version --short), $(nproc) CPUs"
  "${compose[@]}" config -q
  "${compose[@]}" -f "$home/docker/small.yml" config -q
  make_images
  say "images after $(($(seconds) - start)) s"
  "${compose[@]}" down -v --remove-orphans >/dev/null 2>&1
  up
  await 300 "all jobs running" jobs_running
  verify
  "${compose[@]}" --profile demo up -d --wait traffic >/dev/null 2>&1
  say "traffic runs"
  sleep 60
  memory
  agent_state
  hot_tables
  kills
  "${compose[@]}" --profile demo down -v --remove-orphans >/dev/null 2>&1
  say "the small variant"
  small
  [ -z "${engine:-}" ] || kill "$engine"
  say "passed after $(($(seconds) - start)) s"
}

case ${1:-round} in
  round) run_round 2>&1 | tee "$log" ;;
  images) start_engine; find_compose; make_images ;;
  up) start_engine; find_compose; make_images; up ;;
  small) start_engine; find_compose; make_images; small ;;
  kills) find_compose; kills ;;
  down) find_compose; "${compose[@]}" --profile demo down -v --remove-orphans ;;
  *) fail "unknown word '$1': see the file's head" ;;
esac
