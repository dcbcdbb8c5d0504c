// The part of a reconstruction method that all block networks share: pictures to blocks, blocks
// through the network in batches, codes, quantiser, cost. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_NET_METHOD_H_
#define CHAOSENSE_CORE_NETS_NET_METHOD_H_

#include <filesystem>
#include <memory>
#include <string>

#include "core/nets/picture_net.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

class NetMethod : public Reconstructor {
 public:
  Codes<float> Sense(const ImageF& image) const override;
  ImageF Reconstruct(const Codes<float>& codes, Shape shape) const override;
  const Quantiser& QuantiserFor(int channels) const override;
  Cost cost(int channels) const override;
  Json Identity(const FitContext& context) const override;
  std::vector<std::filesystem::path> ModelFiles(const FitContext& context) const override {
    return {WeightFile(context)};
  }

 protected:
  // Throws Error(kData) if there is none.
  virtual std::filesystem::path WeightFile(const FitContext& context) const = 0;

  // How pictures whose sides are no multiples of 33 are filled up: with their last pixels, else
  // with zeros, as peers do.
  virtual bool RepeatsEdge() const { return false; }

  // What Fit of a derived class ends with. A colour network (3 channels) sees a gray picture three
  // times and averages its answer, as the paper does; a gray one takes the channels of a colour
  // picture one by one.
  void SetNet(std::shared_ptr<PictureNet> net,
              const Quantiser& quantiser,
              const FitContext& context);

 private:
  std::shared_ptr<PictureNet> net_;
  at::Device device_ = at::Device(at::kCPU);
  int threads_ = 1;
  Quantiser quantiser_;
  Quantiser color_quantiser_;  // gray networks: the same for each channel
};

// A weight file as a config names it: without folders it lies in model_dir; "data:" begins a path
// in the data folder; anything else is taken as it is. Throws Error(kData) with `advice` if the
// file is missing, unless it lies in model_dir and is to come.
std::filesystem::path WeightsPath(const std::string& name,
                                  const std::string& advice,
                                  const std::filesystem::path& model_dir,
                                  const DataFolder* data,
                                  bool to_come = false);
// The same with "auto" for `automatic`, of which alone `advice` speaks.
std::filesystem::path WeightsPath(const std::string& weights,
                                  const std::string& automatic,
                                  const std::string& advice,
                                  const FitContext& context);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_NET_METHOD_H_
