#!/usr/bin/env bash
# A real S3 server on loopback for the tests: Ceph radosgw with one monitor and one in-memory OSD.
#   .ci/radosgw.sh start DIR [PORT]   prints the line that points the tests at it; by default the first free port from 7480
#   .ci/radosgw.sh stop DIR           ends what start began in DIR, and removes DIR
# Runs as root without systemd; installs the Debian packages when they are missing (about 70 MB).
set -euo pipefail

usage() { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
command=$1 dir=$(realpath -m "$2") port=${3:-}
user=rollcall secret=rollcall-test

install_ceph() {
  command -v radosgw ceph-mon ceph-osd ceph curl >/dev/null && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    radosgw ceph-mon ceph-osd ceph-common curl >/dev/null
}

# The gateway takes a port, the monitor the two after it.
choose_ports() {
  local given=$port
  is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
  port=${port:-7480}
  [ -n "$given" ] || until is_free "$port" && is_free $((port + 1)) && is_free $((port + 2)); do port=$((port + 3)); done
  monitor=$((port + 1))
}

# wait_for SECONDS WHAT COMMAND…: polls until the command succeeds, or says what never came.
wait_for() {
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $until ]; then echo "radosgw.sh: no $what; see $dir/log" >&2; exit 1; fi
    sleep 0.2
  done
}
osd_is_up() { timeout 5 ceph osd stat | grep -q '1 up'; }
gateway_answers() { curl -fs -o /dev/null "http://127.0.0.1:$port/"; }

# The v2 address is needed: with v1 alone the daemons disagree on the fsid. So is cephx: without it radosgw hangs.
configure() {
  cat >"$dir/ceph.conf" <<CONF
[global]
fsid = $fsid
mon_host = $address
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
keyring = $keyring
run_dir = $dir/run
pid_file = $dir/run/\$name.pid
admin_socket = $dir/run/\$name.asok
log_file = $dir/log/\$name.log
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 2000
mon_data_avail_warn = 1
mon_data_avail_crit = 1
[mon]
mon_data = $dir/mon
mon_cluster_log_file = $dir/log/cluster.log
[osd]
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
[client]
rgw_data = $dir/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port
rgw_enable_apis = s3, admin
rgw_run_sync_thread = false
CONF
}

start() {
  [ ! -e "$dir" ] || { echo "radosgw.sh: $dir exists; stop it first" >&2; exit 2; }
  install_ceph
  choose_ports
  mkdir -p "$dir"/{mon,osd,rgw,run,log}
  local fsid osd_id keyring="$dir/keyring" address="[v2:127.0.0.1:$monitor,v1:127.0.0.1:$((monitor + 1))]"
  fsid=$(cat /proc/sys/kernel/random/uuid) osd_id=$(cat /proc/sys/kernel/random/uuid)
  export CEPH_CONF="$dir/ceph.conf"
  configure
  # Daemons do not inherit the caller’s output: a pipe that they held open would never end.
  exec 3>&1 >"$dir/log/start.log" 2>&1
  trap '[ $? -eq 0 ] || { echo "radosgw.sh: start failed; see $dir/log/start.log" >&3; halt; }' EXIT

  ceph-authtool --create-keyring "$keyring" --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  ceph-authtool "$keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
  monmaptool --create --fsid "$fsid" --addv a "$address" "$dir/monmap"
  ceph-mon --mkfs -i a --monmap "$dir/monmap" --keyring "$keyring"
  ceph-mon -i a 3>&-
  timeout 30 ceph osd new "$osd_id"
  timeout 30 ceph auth import -i "$keyring"
  ceph-osd -i 0 --mkfs --osd-uuid "$osd_id"
  ceph-osd -i 0 3>&-
  wait_for 30 'OSD' osd_is_up
  timeout 90 radosgw -n client.admin --keyring "$keyring" --log-file "$dir/log/rgw.log" \
    --pid-file "$dir/run/rgw.pid" --admin-socket "$dir/run/rgw.asok" 3>&-
  wait_for 60 'answer from radosgw' gateway_answers
  timeout 60 radosgw-admin user create --uid="$user" --display-name="$user" --access-key="$user" --secret-key="$secret"
  echo "ROLLCALL_TEST_S3=http://$user:$secret@127.0.0.1:$port" >&3
}

# Ends the daemons by the process ids they wrote, the gateway first.
halt() {
  local name file pid
  for name in rgw osd.0 mon.a; do
    file="$dir/run/$name.pid"
    [ -s "$file" ] || continue
    pid=$(cat "$file")
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || continue 2; sleep 0.2; done
    kill -9 "$pid" 2>/dev/null || true
  done
}

case $command in
  start) start ;;
  stop) [ -f "$dir/ceph.conf" ] || { echo "radosgw.sh: nothing was started in $dir" >&2; exit 2; }; halt; rm -rf "$dir" ;;
  *) usage ;;
esac
