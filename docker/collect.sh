#!/bin/bash
# Puts together what the images hold, with no path into a Maven repository: collect.sh REPOSITORY BUILD OUT
#   OUT/programs          NAME.classpath files for /opt/millrace, lib/ (our jars), jars/ (the others)
#   OUT/flink             what Flink's lib lacks
#   OUT/connect           the Debezium plugin
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=${1%/}
build=$(cd "$2" && pwd)
out=$3
home=/opt/millrace

copy() {
  mkdir -p "$(dirname "$2")"
  [ -e "$2" ] || cp -L "$1" "$2"
}

# Copies the class path's jars of the artifacts that a list marks with '+'.
select_jars() {
  local program=$1 list=$2 target=$3
  sed -n 's/^+ *//p' "$list" | while read -r artifact; do
    jar=$(tr ':' '\n' <"$build/$program.classpath" | grep -E "/$artifact/[^/]+/$artifact-[^/]+\.jar$" || true)
    [ -n "$jar" ] || { echo "collect: $artifact of $list is not on the class path of $program" >&2; exit 1; }
    copy "$jar" "$target/$(basename "$jar")"
  done
}

rm -rf "$out"
mkdir -p "$out/programs/lib"
cp -L "$build"/lib/* "$out/programs/lib/"
for program in hot-store lake-sql local-models inference-gateway document-reader serving-api demo launcher; do
  separator=
  while read -r entry; do
    case $entry in
      "$build"/lib/*) path=lib/$(basename "$entry") ;;
      *)
        path=jars/${entry#"$repository"/}
        copy "$entry" "$out/programs/$path"
        ;;
    esac
    printf '%s%s/%s' "$separator" "$home" "$path"
    separator=:
  done < <(tr ':' '\n' <"$build/$program.classpath") >"$out/programs/$program.classpath"
done

# Without Docker the lake is a directory; here it is on an object store.
version=$(sed -n 's:.*<paimon-s3.version>\(.*\)</paimon-s3.version>.*:\1:p' "$here/../pom.xml")
maven=$(command -v mvn || echo "sh $here/../mvnw")
$maven -B -ntp -q -N -Dstyle.color=never -f "$here/../pom.xml" dependency:copy -Dartifact="org.apache.paimon:paimon-s3:$version" -Dmaven.repo.local="$repository" \
  -DoutputDirectory="$out/programs/jars"
grep -l /paimon-flink- "$out"/programs/*.classpath | while read -r list; do
  printf ':%s' "$home/jars/paimon-s3-$version.jar" >>"$list"
done

select_jars compute "$here/flink/libraries" "$out/flink"
cp -L "$build/lib/lake-tiering.jar" "$out/flink/"
# Fluss's way into the lake does not take Flink's access to the store.
cp "$out/programs/jars/paimon-s3-$version.jar" "$out/flink/"
select_jars event-log "$here/connect/libraries" "$out/connect"
