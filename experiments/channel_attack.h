// What the channel does to a ciphertext between encryption and decryption: the entries of a
// config's "attacks", one cell for each strength.
#ifndef CHAOSENSE_EXPERIMENTS_CHANNEL_ATTACK_H_
#define CHAOSENSE_EXPERIMENTS_CHANNEL_ATTACK_H_

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/image/image.h"

namespace chaosense {

struct ChannelAttack {
  std::string kind;              // "gaussian", "salt_pepper", "crop"
  double strength = 0;           // standard deviation on [0, 1], density, share of the area
  std::string place = "center";  // of a crop

  // "gaussian 0.05", "crop 0.25 top_left"; without the place for other kinds and the centre.
  std::string Label() const;
  Json Describe() const;
  static ChannelAttack FromDescription(const Json& description);

  // Throws Error(kConfig) if the strength is out of range.
  ImageU8 Apply(const ImageU8& cipher, RandomStream& random) const;
};

// JSON Schema of the list.
Json ChannelAttackSchema();

// Every strength of every entry, in order. Throws Error(kConfig) "/attacks/0: ..." for a strength
// out of its kind's range, a place where there is none, an attack given twice.
std::vector<ChannelAttack> ParseChannelAttacks(const Json& attacks);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CHANNEL_ATTACK_H_
