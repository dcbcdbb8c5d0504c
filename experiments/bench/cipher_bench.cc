// Speed of the ciphers on the paper's ciphertext size (3 x 112 x 112 = 37,632 bytes, a 256 x 256
// picture) and on 1 MiB: encrypt and decrypt, bytes per second of one thread. Measures; asserts
// nothing.
#include <benchmark/benchmark.h>

#include "core/base/random.h"
#include "core/chaos/cloud.h"
#include "core/cipher/cipher.h"

namespace chaosense {
namespace {

const Bytes kKey = RandomStream("bench key").RandomBytes(32);
const Digest kNonce = Sha256Of("bench nonce");

void EncryptAndDecrypt(benchmark::State& state, const std::string& name, Shape shape) {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  const auto cipher = registry.Create(name);
  const ImageU8 plain(shape, RandomStream("bench image").RandomBytes(shape.size()));
  for (auto _ : state) {
    const Ciphertext encrypted = cipher->Encrypt(plain, kKey, kNonce);
    benchmark::DoNotOptimize(cipher->Decrypt(encrypted, kKey, kNonce));
  }
  // One encryption and one decryption a turn.
  state.SetBytesProcessed(static_cast<int64_t>(2 * shape.size()) * state.iterations());
}

void CloudBytes(benchmark::State& state) {
  CloudKeystream keystream(kKey, kNonce);
  Bytes bytes(4096);
  for (auto _ : state) {
    keystream.Fill(bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes.size()) * state.iterations());
}
BENCHMARK(CloudBytes);

[[maybe_unused]] const bool kRegistered = [] {
  for (const char* name : {"paper",
                           "hardened",
                           "scramble_only",
                           "aes256_ctr",
                           "chacha20",
                           "aes256_gcm",
                           "chacha20_poly1305"}) {
    for (const Shape shape : {Shape{3, 112, 112}, Shape{1, 1024, 1024}}) {
      benchmark::RegisterBenchmark(
          (std::string("EncryptAndDecrypt/") + name + "/bytes:" + std::to_string(shape.size()))
              .c_str(),
          [name, shape](benchmark::State& state) { EncryptAndDecrypt(state, name, shape); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace chaosense

BENCHMARK_MAIN();
