// Data-parallel training: two ranks, here two threads, against one.
#include <ATen/Parallel.h>
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "core/base/error.h"
#include "core/nets/weights.h"
#include "core/training/closed_form.h"
#include "core/training/train_loop.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

int FreePort() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size), 0);
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(descriptor);
  return ntohs(address.sin_port);
}

class Ranks : public testing::Test {
 protected:
  // Two rates, each step at one of them; noise on the codes and padding are random too.
  static std::shared_ptr<PictureNet> Net() {
    return MakeNet(
        {{"name", "klt_net"}, {"counts", {40, 10}}, {"features", 8}, {"phases", 2}, {"blocks", 1}},
        1,
        "");
  }

  TrainSettings Settings() const {
    TrainSettings settings;
    settings.batch = 8;
    settings.schedule = Schedule{"cosine", 12, 2, 1e-3, 1e-4, 2};
    settings.validate_every = 5;
    settings.checkpoint_minutes = 1e6;
    settings.padded_share = 0.5;
    settings.code_noise = 0.02;
    settings.closed_form_blocks = 100;
    settings.fit_quantiser = [this](PictureNet& net) {
      const torch::NoGradGuard no_grad;
      net.set_measurement_count(40);
      BatchOrder order(0, dataset_.size(), 16);
      const at::Tensor y = net.Sense(LoadBatch(dataset_, order.Batch(0))).contiguous();
      return Quantiser::Fit({y.data_ptr<float>(), y.data_ptr<float>() + y.numel()}, 40, 0.0);
    };
    return settings;
  }

  static fs::path Folder(const std::string& name) {
    const fs::path folder = fs::path(testing::TempDir()) / "ranks" / name;
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
  }

  // The network of every rank, and what ended each.
  struct Trained {
    std::vector<std::shared_ptr<PictureNet>> nets;
    std::vector<std::string> errors;
    TrainingState state;  // of rank 0
  };
  Trained Train(int size, const TrainSettings& settings, const fs::path& folder) const {
    Trained result;
    result.errors.resize(static_cast<size_t>(size));
    std::vector<TrainingState> states(static_cast<size_t>(size));
    for (int rank = 0; rank < size; ++rank) result.nets.push_back(Net());
    const int port = FreePort();
    std::vector<std::thread> threads;
    for (int rank = 0; rank < size; ++rank) {
      threads.emplace_back([&, rank] {
        at::set_num_threads(1);
        const auto i = static_cast<size_t>(rank);
        try {
          const RankGroup group({rank, size, "127.0.0.1", port}, at::kCPU);
          TrainNet(*result.nets[i],
                   dataset_,
                   validation_,
                   settings,
                   at::kCPU,
                   folder,
                   "abc",
                   group,
                   states[i]);
        } catch (const Error& error) {
          result.errors[i] = error.what();
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    result.state = states[0];
    return result;
  }

  static double Difference(PictureNet& a, PictureNet& b) {
    double most = 0;
    for (const auto& item : a.named_parameters()) {
      const at::Tensor difference = item.value() - b.named_parameters()[item.key()];
      most = std::max(most, difference.abs().max().item<double>());
    }
    return most;
  }

  // Root mean square over all parameters.
  static double MeanDifference(PictureNet& a, PictureNet& b) {
    double squares = 0, count = 0;
    for (const auto& item : a.named_parameters()) {
      const at::Tensor difference = item.value() - b.named_parameters()[item.key()];
      squares += difference.to(at::kDouble).square().sum().item<double>();
      count += static_cast<double>(difference.numel());
    }
    return std::sqrt(squares / count);
  }

  const BlockDataset dataset_{
      {ToU8(SmoothPicture(1, 90, 100, 1)), ToU8(SmoothPicture(1, 99, 99, 2))}, 5, 66};
  const Validation validation_{{ToU8(SmoothPicture(3, 99, 99, 3))}, 1, 4, 66};
};

TEST_F(Ranks, TwoEqualOneAtTheWholeBatch) {
  const Trained one = Train(1, Settings(), Folder("one"));
  ASSERT_EQ(one.errors[0], "");
  const Trained two = Train(2, Settings(), Folder("two"));
  ASSERT_EQ(two.errors, (std::vector<std::string>{"", ""}));
  EXPECT_EQ(Difference(*two.nets[0], *two.nets[1]), 0) << "the ranks drifted apart";
  // Sums in another order: Adam magnifies that where a gradient is nearly zero.
  EXPECT_LT(MeanDifference(*one.nets[0], *two.nets[0]), 1e-6);
  EXPECT_LT(Difference(*one.nets[0], *two.nets[0]), 1e-4);
  EXPECT_NEAR(one.state.best_psnr, two.state.best_psnr, 1e-4);
  // It has learned something, so that equality says something.
  EXPECT_GT(Difference(*Net(), *one.nets[0]), 1e-3);
}

TEST_F(Ranks, AStopOfOneStopsAllAndTheNextCallResumes) {
  const Trained whole = Train(2, Settings(), Folder("whole"));
  const fs::path folder = Folder("stopped");
  TrainSettings settings = Settings();
  std::atomic<int> asked = 0;
  settings.interrupted = [&](int64_t iteration) { return iteration == 4 && asked++ == 0; };
  const Trained stopped = Train(2, settings, folder);
  for (const std::string& error : stopped.errors)
    EXPECT_THAT(error, HasSubstr("interrupted at iteration 4"));
  const Trained resumed = Train(2, Settings(), folder);
  EXPECT_EQ(resumed.errors, (std::vector<std::string>{"", ""}));
  EXPECT_EQ(Difference(*whole.nets[0], *resumed.nets[0]), 0);
}

TEST_F(Ranks, TheBatchMustDivide) {
  TrainSettings settings = Settings();
  settings.batch = 9;
  for (const std::string& error : Train(2, settings, Folder("odd")).errors)
    EXPECT_EQ(error, "/batch: 2 ranks do not divide a batch of 9");
}

}  // namespace
}  // namespace chaosense
