# shellcheck shell=bash
# Helpers that dev/controlplane and dev/systems share. Sourced; works with the bash 3.2 of macOS.

say() { printf '%s\n' "$*"; }
note() { printf '%s\n' "$*" >&2; }
die() { note "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

now_ms() {
  local t=${EPOCHREALTIME:-}
  if [[ -n $t ]]; then
    t=${t/[.,]/}
    echo "${t%???}"
  else
    echo "$(date +%s)000"
  fi
}

seconds_since() { # MILLISECONDS
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

random_hex() { # BYTES
  od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

port_open() { # PORT
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Below 32768: above that the kernel hands the ports out to outgoing connections, and we would lose more races.
free_port() {
  local port
  for _ in $(seq 200); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    port_open "$port" || { echo "$port"; return; }
  done
  die "No free port between 20000 and 32000 on 127.0.0.1: end some of the processes that listen there."
}

# The port of the last time if it is free, so that clients which still run find the server again; else another.
# A process that has just ended keeps its port for some milliseconds.
wanted_port() { # FILE
  local port i
  if [[ -s $1 ]]; then
    port=$(cat "$1")
    for ((i = 0; i < 20; i++)); do
      port_open "$port" || { echo "$port"; return; }
      sleep 0.05
    done
  fi
  free_port
}

command_line() { # PID
  if [[ -r /proc/$1/cmdline ]]; then
    tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true
  elif have ps; then
    ps -o command= -p "$1" 2>/dev/null || true
  fi
}

# The pid of a process that we started, or nothing. A pid file can outlive its process, and the pid can belong
# to somebody else by now: so the command line must hold a text that only ours has.
our_pid() { # PIDFILE TEXT
  local pid
  [[ -f $1 ]] || return 0
  pid=$(cat "$1")
  [[ $pid =~ ^[0-9]+$ ]] || return 0
  case "$(command_line "$pid")" in *"$2"*) echo "$pid" ;; esac
}

# In a session of its own and with no inherited descriptor, so that the process survives the calling shell and
# a program that reads the script's output to its end does not wait for the server.
start_detached() { # PIDFILE LOG COMMAND...
  local pidfile=$1 log=$2
  shift 2
  if have setsid; then
    nohup setsid "$@" </dev/null >"$log" 2>&1 3>&- &
  else
    set -m
    nohup "$@" </dev/null >"$log" 2>&1 3>&- &
    set +m
  fi
  echo $! >"$pidfile"
}

# TERM, and KILL after 10 s. Says what it did.
stop_process() { # NAME PIDFILE TEXT
  local pid
  pid=$(our_pid "$2" "$3")
  if [[ -n $pid ]]; then
    kill -TERM "$pid" 2>/dev/null || true
    wait_gone "$2" "$3" 20 || {
      note "waiting for $1 to stop"
      wait_gone "$2" "$3" 80
    } || {
      note "$1 did not stop within 10 s: killing it."
      kill -KILL -- "-$pid" "$pid" 2>/dev/null || true # it leads a group of its own: with its workers
      wait_gone "$2" "$3" 50 || die "$1 (pid $pid) cannot be ended: look at 'ps -fp $pid'."
    }
    say "stopped $1 (pid $pid)"
  fi
  rm -f "$2"
}

wait_gone() { # PIDFILE TEXT TENTHS
  local i
  for ((i = 0; i < $3; i++)); do
    [[ -n $(our_pid "$1" "$2") ]] || return 0
    sleep 0.1
  done
  return 1
}

# Ends the workers that outlived a killed parent: no pid file names them, but they still are in its group.
end_orphans() { # GROUP TEXT
  local member i
  have ps || return 0
  for ((i = 0; i < 20; i++)); do
    [[ -n $(orphans "$1" "$2") ]] || return 0
    for member in $(orphans "$1" "$2"); do kill -KILL "$member" 2>/dev/null || true; done
    sleep 0.1
  done
}

orphans() { # GROUP TEXT
  local member
  for member in $(ps -eo pid=,pgid= | awk -v g="$1" '$2 == g { print $1 }'); do
    case "$(command_line "$member")" in *"$2"*) echo "$member" ;; esac
  done
}

# A lock that also works without flock (macOS): a symbolic link is made in one step and its target names the owner.
take_lock() { # LOCK TEXT-WHILE-WAITING
  local owner told=
  while ! ln -s "$$" "$1" 2>/dev/null; do
    [[ -w $(dirname "$1") ]] || die "Cannot write to $(dirname "$1"): choose a folder of your own."
    owner=$(readlink "$1" || true)
    if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then
      rm -f "$1" # its owner was killed
      continue
    fi
    [[ -n $told ]] || note "$2 (process $owner)"
    told=yes
    sleep 0.2
  done
  # Of two who removed a dead owner's lock in the same instant only the last one still has it.
  sleep 0.02
  [[ $(readlink "$1" || true) == "$$" ]] || take_lock "$1" "$2"
}

drop_lock() { # LOCK
  [[ $(readlink "$1" 2>/dev/null || true) != "$$" ]] || rm -f "$1"
}

# Runs a command with its output in LOG and tells every few seconds that it still runs.
run_with_progress() { # TEXT LOG COMMAND...
  local text=$1 log=$2 began=$SECONDS pid tick=0 rc=0 one_line=
  shift 2
  # Rewriting one line is for a person, and only while nobody else writes.
  [[ ! -t 2 || -n ${SEVERAL_AT_ONCE:-} ]] || one_line=yes
  note "$text"
  "$@" </dev/null >>"$log" 2>&1 &
  pid=$!
  CHILD=$pid
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    tick=$((tick + 1))
    if [[ -n $one_line ]]; then
      ((tick % 5)) || printf '\r%s, %d s so far ' "$text" $((SECONDS - began)) >&2
    else
      ((tick % 75)) || note "$text, $((SECONDS - began)) s so far"
    fi
  done
  wait "$pid" || rc=$?
  CHILD=
  [[ -z $one_line || $tick -lt 5 ]] || printf '\n' >&2
  return $rc
}

end_child() { [[ -z ${CHILD:-} ]] || kill "$CHILD" 2>/dev/null || true; }
