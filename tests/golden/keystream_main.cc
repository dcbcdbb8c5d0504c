// Prints the SHA-256 of 1 MiB of keystream (key 00 01 .. 1f, nonce SHA-256 of nothing) and the
// final states of every map after 10000 steps, folded into it. Built by keystream_digest.sh with
// several compilers and flags.
#include <cstdio>
#include <cstring>

#include "core/base/hash.h"
#include "core/chaos/builtin_maps.h"
#include "core/chaos/cloud.h"

int main() {
  using namespace chaosense;
  Bytes key(32);
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(i);
  Bytes stream(1 << 20);
  CloudKeystream(key, Sha256Of("")).Fill(stream);
  Sha256 hash;
  hash.Update(stream);
  const auto fold = [&](const MapEntry& entry) {
    MapValues values;
    for (const MapParameter& parameter : entry.info.parameters)
      values[parameter.name] = parameter.fallback;
    const auto map = entry.make(values);
    std::vector<double> state = map->InitialState();
    for (int i = 0; i < 10000; ++i) map->Step(state);
    Bytes bytes(state.size() * sizeof(double));
    std::memcpy(bytes.data(), state.data(), bytes.size());
    hash.Update(bytes);
  };
#define CHAOSENSE_FOLD(Name) fold(Name##Map());
  CHAOSENSE_BUILTIN_MAPS(CHAOSENSE_FOLD)
#undef CHAOSENSE_FOLD
  std::printf("%s\n", ToHex(hash.Finish()).c_str());
}
