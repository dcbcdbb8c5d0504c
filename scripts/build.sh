#!/usr/bin/env bash
# Configures and builds one CMake preset: scripts/build.sh PRESET [TARGET...]. Says how long it took.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift

options=()
if [ "$preset" != asan ] && [ -z "${Torch_DIR:-}" ] && [ -z "${CMAKE_PREFIX_PATH:-}" ] &&
   ! find /usr/share/cmake /usr/lib /usr/local -name TorchConfig.cmake -print -quit 2>/dev/null | grep -q .; then
  echo "note: no LibTorch found: building without networks (reconnet, fclbcnn)"
  options+=(-DCHAOSENSE_NETS=OFF)
fi
# A file that includes LibTorch takes over 1 GB to compile.
memory_gb=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
jobs=$(nproc)
if [ "$jobs" -gt $((memory_gb / 2 + 1)) ]; then jobs=$((memory_gb / 2 + 1)); fi

start=$SECONDS
cmake --preset "$preset" "${options[@]}" >"build-$preset.log" 2>&1 || { tail -25 "build-$preset.log"; exit 1; }
# The reference BLAS gets in at configuration, or later by the distribution's choice of libblas.so.3.
chosen_blas=$(readlink -f "$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | awk '/libblas\.so\.3 / {print $NF; exit}')" || true)
if grep -q '^BLAS_blas_LIBRARY:FILEPATH=/' "build/$preset/CMakeCache.txt" || [[ $chosen_blas == */blas/libblas.so.3* ]]; then
  echo "warning: the reference BLAS is in use, products are 30 times slower; install libopenblas-openmp-dev and choose it:"
  echo "         sudo update-alternatives --config libblas.so.3-$(gcc -print-multiarch)"
fi
rm -f "build-$preset.log"
targets=()
for target in "$@"; do targets+=(--target "$target"); done
cmake --build --preset "$preset" -j "$jobs" "${targets[@]}"
echo "built preset $preset in $((SECONDS - start)) s"
