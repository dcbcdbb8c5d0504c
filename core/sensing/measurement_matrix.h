// Measurement matrices for 33 x 33 blocks.
#ifndef CHAOSENSE_CORE_SENSING_MEASUREMENT_MATRIX_H_
#define CHAOSENSE_CORE_SENSING_MEASUREMENT_MATRIX_H_

#include <Eigen/Core>
#include <cstdint>
#include <filesystem>
#include <string>

namespace chaosense {

// Row-major: row i holds the weights of measurement i.
using MatrixRowF = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// rows x columns, i.i.d. Gaussian rows orthonormalised (QR): Phi Phi^T = I. The same for the same
// seed. Needs rows <= columns.
MatrixRowF OrthonormalGaussian(int rows, int columns, uint64_t seed);

// The matrix of the methods with random measurements that are trained or fitted, unless a config
// asks for another (solvers have seed 0): of the seeds 0 to 23 the one whose closed-form
// reconstructions of BSDS500 val are best (results/matrix_seeds; at ten measurements a block 0.66
// dB above seed 0).
inline constexpr int kDefaultMatrixSeed = 18;

// Reorders the columns of a matrix made for column-major blocks, phi * block(:) as in MATLAB
// (ReconNet, DR2-Net), into row-major ones, as all blocks are here. columns must be block * block.
MatrixRowF FromColumnMajorBlocks(const MatrixRowF& phi, int block);

// A path given in a config: "data:matrices/a.mat" lies in the data folder, anything else is taken
// as it is. Throws Error(kData) if a data folder is needed and none is given.
std::filesystem::path ResolveDataPath(const std::string& path,
                                      const std::filesystem::path& data_dir);

// The variable phi of a .mat file made for column-major blocks (ReconNet, DR2-Net), reordered for
// row-major ones. Throws as LoadMatMatrix does, and Error(kConfig) if it is not rows x columns.
MatrixRowF LoadPeerMatrix(const std::filesystem::path& path, int rows, int columns);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_MEASUREMENT_MATRIX_H_
