#!/bin/sh
# Installs a Docker engine where there is none, and starts it with the
# recording hook on its path. Safe to run again. Needs root, Go, and a Debian
# or Ubuntu when the engine is to be installed.
set -eu

repository=$(cd "$(dirname "$0")/../../.." && pwd)
records=/tmp/lilypad-gpu-records # known to docker.go
state=/var/lib/lilypad-testkit

ping() { curl --silent --fail --max-time 2 --unix-socket /var/run/docker.sock http://engine/_ping >/dev/null 2>&1; }

if ! command -v dockerd >/dev/null || ! command -v curl >/dev/null; then
	apt-get update
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends docker.io curl ca-certificates
	# The package may have started an engine, which has not seen the hook.
	systemctl stop docker.socket docker 2>/dev/null || true
fi

if ping; then
	echo "docker: the engine answers already"
	if grep -qsz '^LILYPAD_GPU_RECORDS=' "/proc/$(cat /var/run/docker.pid)/environ"; then
		mkdir -p "$records" # it is ours, only its folder was cleaned away
	fi
	[ -d "$records" ] || echo "docker: it was not started here, so the GPU tests will skip"
	exit 0
fi

mkdir -p "$state/bin" "$records"
(cd "$repository" && CGO_ENABLED=0 go build -o "$state/bin/nvidia-container-runtime-hook" ./internal/testkit/docker/nvidia-container-runtime-hook)

rm -f /var/run/docker.pid
PATH="$state/bin:$PATH" LILYPAD_GPU_RECORDS="$records" nohup setsid dockerd >"$state/dockerd.log" 2>&1 </dev/null &

for _ in $(seq 60); do
	if ping; then
		echo "docker: the engine is ready"
		exit 0
	fi
	sleep 0.5
done
echo "docker: the engine did not start; the end of $state/dockerd.log:" >&2
tail -n 20 "$state/dockerd.log" >&2
exit 1
