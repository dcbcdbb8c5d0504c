#!/usr/bin/env bash
# A real Slurm of one node (this machine, said to have 2 CPUs) in a folder of its own: munged, slurmctld and slurmd on
# loopback, on free ports, run by whoever calls this. Nothing of the system's is read or written, and a Slurm that is
# already here is not disturbed. For tests: queues are looked at every second, and MAX_ARRAY_SIZE (101) and
# MAX_JOB_COUNT (1000) of the environment make job arrays short.
#
#   node.sh available         0 if the daemons are installed; else says what is missing
#   node.sh start FOLDER      prints nothing; afterwards: export SLURM_CONF=FOLDER/slurm.conf
#   node.sh controller FOLDER starts slurmctld again after it was killed
#   node.sh stop FOLDER       ends jobs and daemons; the folder stays, with its logs
set -euo pipefail

PATH=$PATH:/usr/sbin:/sbin
programs=(munged slurmctld slurmd sbatch squeue scontrol scancel)

fail() { echo "node.sh: $*" >&2; exit 1; }

available() {
  local program missing=()
  for program in "${programs[@]}"; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "not installed: ${missing[*]} (Debian packages munge slurmctld slurmd slurm-client)"
  exit 1
}

# A port below the range from which the system hands out its own, that nobody listens on.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# until_true SECONDS COMMAND...: asks ten times a second.
until_true() {
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
}

write_config() {
  local user host
  user=$(id -un)
  host=$(uname -n)
  host=${host%%.*}
  cat >"$folder/slurm.conf" <<END
ClusterName=chaosense_$(free_port)
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CryptoType=crypto/munge
# A requeued job waits for cred_expire seconds, 120 where nothing or less than 5 is said.
AuthInfo=socket=$folder/munge.socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
MaxArraySize=${MAX_ARRAY_SIZE:-101}
MaxJobCount=${MAX_JOB_COUNT:-1000}
MinJobAge=10
KillWait=2
ReturnToService=2
SlurmdParameters=config_overrides
PlugStackConfig=/dev/null
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
}

# start_daemon NAME COMMAND...: in the background, in a session of its own, its number in NAME.pid.
start_daemon() {
  local name=$1
  shift
  setsid "$@" >>"$folder/$name.out" 2>&1 </dev/null &
  echo $! >"$folder/$name.started"
}

is_running() {  # NAME
  [ -s "$folder/$1.started" ] && kill -0 "$(cat "$folder/$1.started")" 2>/dev/null
}

start_controller() {
  start_daemon slurmctld slurmctld -D -f "$SLURM_CONF"
  until_true 20 scontrol ping || true
  scontrol ping 2>/dev/null | grep -q UP || { tail -5 "$folder/slurmctld.log" >&2; fail "slurmctld does not answer"; }
}

node_is_idle() { [ "$(sinfo -h -o %T)" = idle ]; }

start() {
  rm -rf "$folder"/{state,spool}  # of a cluster that was here before
  mkdir -p "$folder"/{state,spool}
  chmod 700 "$folder"
  head -c 128 /dev/urandom >"$folder/munge.key"
  chmod 600 "$folder/munge.key"
  write_config
  start_daemon munged munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
    --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
  until_true 10 munge -n --socket="$folder/munge.socket" || { cat "$folder/munged.out" >&2; fail "munged does not answer"; }
  start_controller
  start_daemon slurmd slurmd -D -f "$SLURM_CONF"
  until_true 20 node_is_idle || { tail -5 "$folder/slurmd.log" >&2; fail "the node does not come up"; }
}

# Processes of jobs and their slurmstepd outlive the daemons; the cluster's name in their environment is nobody else's.
leftovers() {
  local cluster process
  cluster=$(sed -n 's/^ClusterName=//p' "$SLURM_CONF")
  for process in /proc/[0-9]*; do
    if tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -qx "SLURM_CLUSTER_NAME=$cluster"; then
      basename "$process"
    elif [[ $(readlink "$process/exe") == */slurmstepd ]] &&
        tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -qx "SLURM_CONF=$SLURM_CONF"; then
      basename "$process"
    fi
  done 2>/dev/null
}

stop() {
  local name
  if is_running slurmctld; then
    timeout 5 scancel --user="$(id -un)" || true
    until_true 10 eval '[ -z "$(squeue -h)" ]' || true
  fi
  for name in slurmd slurmctld munged; do
    is_running "$name" || continue
    kill -TERM "$(cat "$folder/$name.started")"
    until_true 10 eval "! is_running $name" || kill -KILL "$(cat "$folder/$name.started")" || true
  done
  for process in $(leftovers); do kill -KILL "$process" 2>/dev/null || true; done
}

command=${1:-}
[ "$command" = available ] && { available; exit 0; }
[ $# -eq 2 ] || fail "usage: node.sh available | start FOLDER | controller FOLDER | stop FOLDER"
available
folder=$(realpath -m "$2")
export SLURM_CONF=$folder/slurm.conf
case "$command" in
  start) start ;;
  controller) start_controller ;;
  stop) stop ;;
  *) fail "unknown command $command" ;;
esac
