// Eigenvectors of many small symmetric matrices: the inner step of the nonlocal low-rank solver,
// five times as fast here as a general library.
#ifndef CHAOSENSE_CORE_SOLVERS_SYMMETRIC_EIGEN_H_
#define CHAOSENSE_CORE_SOLVERS_SYMMETRIC_EIGEN_H_

namespace chaosense {

inline constexpr int kEigenSize = 36;    // of the matrix: a 6 x 6 patch
inline constexpr int kEigenStride = 48;  // of a row, three vectors of 16; the rest of a row is 0

inline constexpr int kEigenFloats = kEigenSize * kEigenStride;  // of a matrix
inline constexpr int kEigenBatch = 4;  // matrices side by side: each waits for roots and quotients

// In: `count` <= kEigenBatch symmetric matrices one after the other, kEigenSize rows of
// kEigenStride floats each. Out: `matrices` are overwritten; vectors: the same layout, row k is the
// k-th eigenvector, orthonormal, in no order of eigenvalues. Householder tridiagonalisation and
// implicit QR with Wilkinson's shift (Golub, Van Loan, Matrix Computations, 4th ed.,
// algorithms 8.3.1 and 8.3.3). The same result on every machine and in every batch.
void SymmetricEigenvectors(float* matrices, int count, float* vectors);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_SYMMETRIC_EIGEN_H_
