# shellcheck shell=bash
# What `up` and `down` share: the stack's name, one-line errors, and the look at the engine before
# anything is done with it. Sourced, not run; bash 3.2 (macOS) is enough.

stack=${PATOP_STACK_NAME:-patroni}
program=dist/stack/$(basename "$0")

say() {
  printf '%s\n' "$*"
}

# fail WHAT: one line on standard error, then the end.
fail() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

usage_error() {
  printf '%s: %s (try --help)\n' "$program" "$*" >&2
  exit 2
}

# The head comment of the script that runs, without its comment signs.
help() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$0"
}

# Ends with a clear word unless a Docker client is here and an engine answers it.
need_engine() {
  local answer where
  command -v docker > /dev/null ||
    fail "no docker command here; install Docker Engine (Debian, Ubuntu: apt install docker.io)"
  where=${DOCKER_HOST:-$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2> /dev/null ||
    echo unix:///var/run/docker.sock)}
  answer=$(docker version --format '{{.Server.Version}}' 2>&1) && return
  case $answer in
    *"permission denied"*)
      fail "no right to use the Docker Engine at $where; run this as root, or join its group:" \
        "sudo usermod -aG docker $(id -un), then log in again" ;;
    *)
      fail "no Docker Engine answers at $where; start it (sudo systemctl start docker)," \
        "or name another with DOCKER_HOST" ;;
  esac
}

# What this engine is to a swarm: inactive, manager, worker, or another word of the engine's.
swarm_state() {
  local state manager
  read -r state manager <<< "$(docker info --format \
    '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}' 2> /dev/null)"
  case $state/$manager in
    active/true) echo manager ;;
    active/*) echo worker ;;
    *) echo "$state" ;;
  esac
}

# All containers of the stack, running or not.
containers() {
  docker ps -aq --filter "label=com.docker.stack.namespace=$stack"
}

# The running container of service $1, if there is one.
container_of() {
  docker ps -q --filter "label=com.docker.swarm.service.name=${stack}_$1" | head -n 1
}
