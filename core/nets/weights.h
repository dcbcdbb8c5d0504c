// Networks in weight files: parameters by name, the network's description and the quantiser of its
// code. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_WEIGHTS_H_
#define CHAOSENSE_CORE_NETS_WEIGHTS_H_

#include <map>
#include <memory>
#include <string>

#include "core/nets/picture_net.h"
#include "core/sensing/quantiser.h"
#include "core/sensing/safetensors.h"

namespace chaosense {

inline constexpr char kNetKey[] = "net";  // metadata: the network's description, JSON

// The network's parameters, rounded to `type`, and its description.
Safetensors PackNet(const PictureNet& net, TensorType type);
// Copies parameters into a network of the same layout. Tensors whose names begin with `prefix` +
// "." are taken, all of them must be there. Throws Error(kConfig) naming the file, the tensor and
// the shapes.
void LoadParameters(PictureNet& net,
                    const Safetensors& content,
                    const std::string& file,
                    const std::string& prefix = "");
// Copies the parameters that the file has too, so that a deeper network starts where a shallower
// one ended. One that has grown takes the file's values in its leading corner; one that has shrunk
// is left out. Returns how many were copied; the others stay.
int LoadMatchingParameters(PictureNet& net, const Safetensors& content);
// The network a file describes, with its parameters. Throws Error(kConfig).
std::shared_ptr<PictureNet> UnpackNet(const Safetensors& content, const std::string& file);

void PackQuantiser(const Quantiser& quantiser, Safetensors& content);
// An empty quantiser if the file holds none. Throws Error(kConfig) if it does not fit
// `coefficients`.
Quantiser UnpackQuantiser(const Safetensors& content, size_t coefficients, const std::string& file);

TensorData PackTensor(const at::Tensor& tensor, TensorType type);
at::Tensor UnpackTensor(const TensorData& tensor);

// auto: CUDA if there is a device. Throws Error(kConfig) for cuda without one.
// `rank`: of the processes that work together; each takes the next GPU. CUDA is asked to be
// deterministic and to compute floats as floats (no TF32).
at::Device PickDevice(const std::string& name, int rank = 0);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_WEIGHTS_H_
