// One macro for hot loops: the function is compiled for several x86 levels and the best is picked
// when the program starts. Only for plain free functions whose result does not depend on the vector
// width (no reordered sums; products are never fused, see cmake/ChaosenseTargets.cmake).
#ifndef CHAOSENSE_CORE_BASE_SIMD_H_
#define CHAOSENSE_CORE_BASE_SIMD_H_

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CHAOSENSE_SIMD_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CHAOSENSE_SIMD_CLONES
#endif

namespace chaosense {

// Vectors of the compiler (GCC, Clang), on any machine: lowered to what it has. Passed by reference
// only: the calling convention of by-value vectors depends on the target.
typedef float Float8 __attribute__((vector_size(32)));
typedef float Float16 __attribute__((vector_size(64)));
typedef int Int16 __attribute__((vector_size(64)));

// From and to any address of floats.
template <typename Vector>
inline __attribute__((always_inline)) void Load(const float* address, Vector& vector) {
  __builtin_memcpy(&vector, address, sizeof(vector));
}
template <typename Vector>
inline __attribute__((always_inline)) void Store(const Vector& vector, float* address) {
  __builtin_memcpy(address, &vector, sizeof(vector));
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SIMD_H_
