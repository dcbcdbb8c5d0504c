// Closed-form start of training: linear sensing by principal components, and the fully connected
// layer of a decoder as the linear minimum-mean-square-error (LMMSE) estimate of a block from its
// measurements. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_CLOSED_FORM_H_
#define CHAOSENSE_CORE_TRAINING_CLOSED_FORM_H_

#include <cstdint>

#include "core/nets/block_net.h"
#include "core/training/block_dataset.h"

namespace chaosense {

// Starts a network where closed forms can: block networks by FitSampling (if their measurement is
// learned) and FitFullyConnected, networks with a PrincipalStart by the principal components.
void StartInClosedForm(PictureNet& net,
                       const BlockDataset& dataset,
                       size_t blocks,
                       double ridge,
                       uint64_t seed,
                       const at::Device& device);

// Gives net.sampling() the best linear code of the dataset's blocks, turned so that it looks like a
// picture: the measurement space is that of the n largest principal components P, of which R P is
// taken with the rotation R that brings its rows nearest to D, the unit rows that average the
// pixels of each cell of the code (orthogonal Procrustes problem: D P^T = U S V^T, R = U V^T;
// Schoenemann 1966). Plane c of a three-plane code is the thumbnail of colour channel c, a
// one-plane code that of their mean. Blocks enter less 0.5.
void FitSampling(BlockNet& net, const BlockDataset& dataset, size_t blocks, uint64_t seed);

// W = C_ty (C_yy + ridge tr(C_yy)/n I)^-1, b = mean_t - W mean_y over `blocks` training blocks of
// the order that `seed` gives, where y are the encoder's outputs and t the blocks less what the
// rest of the decoder adds.
void FitFullyConnected(BlockNet& net,
                       const BlockDataset& dataset,
                       size_t blocks,
                       double ridge,
                       uint64_t seed,
                       const at::Device& device);

// [items, channels, side, side] of floats in [0, 1].
at::Tensor LoadBatch(const BlockDataset& dataset, const std::vector<BatchOrder::Item>& items);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_CLOSED_FORM_H_
