// What `chaosense randomness` reads: a file, standard input, or the bytes of a cipher or map of
// ours, or of another program.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_SOURCE_H_
#define CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_SOURCE_H_

#include <memory>
#include <string>

#include "core/harness/registries.h"
#include "core/randomness/byte_source.h"

namespace chaosense {

struct GeneratorOptions {
  std::string name;  // "aes256_ctr", "map:logistic", "map:FILE.json", "external:COMMAND"
  Json parameters = Json::object();  // of the cipher or map
  Json extractor = Json::object();   // maps; empty: the file's own, else binary_mod with k = 32
  std::vector<double> start;         // maps; empty: the map's initial state
  std::string seed = "0";   // ciphers: the key is made from it; external: {seed}, a whole number
  int picture = 1024;       // ciphers: side of each picture enciphered
  uint64_t bytes = 0;       // external: how many will be read at most, {bytes}
  double timeout_s = 3600;  // external
};

// A cipher's bytes are its encryptions of all-zero gray pictures, one after the other, with one key
// and a fresh nonce each (SHA-256 of seed and number): for a stream cipher, the keystream. An
// external command (core/chaos/external_generator.h) runs once, when the first bytes are read, and
// all `bytes` are held in memory. Throws Error(kConfig) on an unknown name or parameter.
std::unique_ptr<ByteSource> OpenGenerator(const GeneratorOptions& options,
                                          const Registries& registries);

// "4096", "64KiB", "16MiB", "1GiB" or with KB, MB, GB (powers of 1000). Throws Error(kConfig)
// beginning with `option`.
uint64_t ParseSize(const std::string& text, const std::string& option);
// "64 KiB", "1 MiB", "3000 bytes".
std::string SizeName(uint64_t bytes);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_SOURCE_H_
