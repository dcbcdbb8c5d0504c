// How much of a tag decryption looks at.
#ifndef CHAOSENSE_CORE_ATTACKS_TAG_PROBE_H_
#define CHAOSENSE_CORE_ATTACKS_TAG_PROBE_H_

#include <optional>

#include "core/attacks/tag_forgery.h"

namespace chaosense {

struct TagProbe {
  int64_t bits = 0;          // of the tag
  int64_t bits_checked = 0;  // flipped one by one, they make decryption reject
  size_t shortest = 0;       // bytes: the shortest beginning of the tag that is accepted
  // Where so little is looked at that all its values can be tried on any ciphertext, at most 256:
  // verified on a random ciphertext.
  std::optional<TagForgery> by_trying;

  bool complete(size_t tag_size) const { return bits_checked == bits && shortest == tag_size; }
};

// `secret` as encryption made it, with every altered and every shortened tag.
TagProbe ProbeTag(Oracle& oracle, const Oracle::Answer& secret, RandomStream& random);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_TAG_PROBE_H_
