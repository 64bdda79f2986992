# shellcheck shell=bash
# The same frame for each system: rt.sh and openstack.sh define NAME, is_running, stop_all, start_on_free_ports,
# tell and remove_data, and end with 'run_command "$@"'.

# shellcheck source=dev/controlplane.d/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../controlplane.d/lib.sh"
export PATH=$PATH:/usr/sbin:/sbin
# Databases, keys and logs are nobody else's business.
umask 077
# What we start talks to itself on loopback: never through a proxy of the user.
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1

clean_up() {
  end_child
  drop_lock "$DIR/.lock"
}

run_command() { # up|down|down-keep|status DIR
  local command=$1
  DIR=$2
  case $command in
    up)
      mkdir -p "$DIR" 2>/dev/null || die "Cannot make $DIR: choose another folder with --dir."
      DIR=$(cd "$DIR" && pwd -P)
      hold
      bring_up
      ;;
    down | down-keep)
      [[ -d $DIR ]] || { say "$NAME: nothing runs in $DIR"; return; }
      DIR=$(cd "$DIR" && pwd -P)
      hold
      bring_down "$command"
      ;;
    status)
      [[ ! -d $DIR ]] || DIR=$(cd "$DIR" && pwd -P)
      if is_running; then say "$NAME: $(tell)"; else
        say "$NAME: not running in $DIR; start it with 'dev/systems up'"
        exit 3
      fi
      ;;
    *) die "usage: ${0##*/} up|down|down-keep|status DIR (see dev/systems --help)" ;;
  esac
}

hold() {
  take_lock "$DIR/.lock" "$NAME: waiting for another up or down in $DIR"
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

bring_up() {
  local began try
  began=$(now_ms)
  if is_running; then
    say "$NAME: already running: $(tell)"
    return
  fi
  stop_all
  for try in 1 2 3; do
    if start_on_free_ports; then
      say "$NAME: ready in $(seconds_since "$began"): $(tell)"
      return
    fi
    note "$NAME: a port was taken by another process in the same moment: attempt $((try + 1))"
    stop_all
  done
  die "$NAME: no free port in 3 attempts, see the logs in $DIR: try 'dev/systems up' again."
}

bring_down() { # COMMAND
  is_running || say "$NAME: nothing answers in $DIR"
  stop_all
  if [[ $1 == down-keep ]]; then
    say "$NAME: kept the data in $DIR"
  else
    remove_data
    drop_lock "$DIR/.lock"
    rmdir "$DIR" 2>/dev/null || true
    say "$NAME: removed the data in $DIR"
  fi
}

# 0: it answers; 1: its port went to somebody else; ends the script for anything else.
wait_for_answer() { # WHAT PIDFILE TEXT LOG QUESTION...
  local what=$1 pidfile=$2 text=$3 log=$4 i began=$SECONDS told=$SECONDS
  shift 4
  for ((i = 0; SECONDS - began < 60; i++)); do
    if [[ -z $(our_pid "$pidfile" "$text") ]] && ((i > 3)); then
      grep -qiE 'address already in use|Address in use' "$log" && return 1
      tail -n 3 "$log" >&2
      die "$NAME: $what ended at once, see $log: 'dev/systems down' and 'dev/systems up' start from nothing."
    fi
    if ((i > 3)) && "$@" >/dev/null 2>&1; then return 0; fi
    if ((SECONDS - told >= 3)); then
      note "$NAME: waiting for $what, $((SECONDS - began)) s so far"
      told=$SECONDS
    fi
    sleep 0.1
  done
  die "$NAME: $what does not answer after 60 s, see $log: 'dev/systems down' and 'dev/systems up' start from nothing."
}
