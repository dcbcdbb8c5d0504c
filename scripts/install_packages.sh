#!/usr/bin/env bash
# Installs what building, testing and running need, from Debian 12's (or Ubuntu 24.04's) packages. Asks apt only for
# what is missing; uses sudo only if not root. CHAOSENSE_SKIP_INSTALL=1 leaves the system as it is.
set -euo pipefail

packages=(
  build-essential git cmake ninja-build ccache
  libopencv-dev nlohmann-json3-dev libfmt-dev libboost-dev libboost-program-options-dev libeigen3-dev
  libopenblas0-openmp libopenblas-openmp-dev liblapacke-dev   # the default BLAS is 30 times slower
  libssl-dev libcurl4-openssl-dev libarchive-dev libmatio-dev libvalijson-dev libfftw3-dev libsqlite3-dev
  libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev
)
# What each brings: libtorch-dev networks (Ubuntu 24.04 has none: give a LibTorch of your own by CMAKE_PREFIX_PATH),
# libgloo-dev training in several processes, gnuplot-nox figures, dieharder a battery of `chaosense randomness`, the
# Slurm packages tests, which start a private node of their own (tests/slurm/node.sh).
optional=(libtorch-dev libgloo-dev gnuplot-nox dieharder slurmctld slurmd slurm-client munge)
# What tests read results with: a LaTeX (150 MB), a browser, protoc. Installed with CHAOSENSE_TEST_TOOLS=1 only; without them
# those tests are skipped.
[ "${CHAOSENSE_TEST_TOOLS:-0}" = 1 ] && optional+=(texlive-latex-base texlive-latex-recommended chromium protobuf-compiler)

[ "${CHAOSENSE_SKIP_INSTALL:-0}" = 1 ] && exit 0
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "note: no apt here; install the equivalents of these packages yourself: ${packages[*]} ${optional[*]}" >&2
  echo "      (CHAOSENSE_SKIP_INSTALL=1 silences this note)" >&2
  exit 0
fi

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }
missing=()
for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
wanted=()
for package in "${optional[@]}"; do installed "$package" || wanted+=("$package"); done
# The wanted packages that apt knows, into `available`; says what the others would have given.
keep_available() {
  available=()
  local package
  for package in "${wanted[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      available+=("$package")
    elif [ "$package" = libtorch-dev ]; then
      echo "note: no $package here; networks are left out unless CMake finds a LibTorch (CMAKE_PREFIX_PATH)"
    else
      echo "note: no $package here; what needs it is left out, and says so"
    fi
  done
}
# A package the distribution does not have must not bring up apt, and sudo, at every call.
if [ ${#missing[@]} -eq 0 ] && [ ${#wanted[@]} -gt 0 ]; then
  keep_available
  wanted=("${available[@]}")
fi
if [ ${#missing[@]} -eq 0 ] && [ ${#wanted[@]} -eq 0 ]; then
  echo "packages: nothing to install"
  exit 0
fi

sudo=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "error: not root and no sudo; install: ${missing[*]} ${wanted[*]}" >&2; exit 1; }
  sudo=(sudo)
fi
echo "packages: installing ${missing[*]} ${wanted[*]}"
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq
keep_available
"${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" "${available[@]}" >/dev/null
