// Metrics of the audit: one a check (core/attacks/check.h), and the counts of its summary.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {
namespace {

struct AuditCheck {
  const char* id;
  const char* asks;
};

// In the order of AllChecks(); a test holds the two together.
constexpr AuditCheck kChecks[] = {
    {"a1", "encryption affine over Z_256 or GF(2), learned from chosen pictures"},
    {"a1c", "decryption affine over Z_256 or GF(2), learned from chosen ciphertexts"},
    {"a2", "bytes only move, learned from ceil(log256 MN) chosen pictures"},
    {"a3", "keystream of one picture serves the next, learned from an all-zero picture"},
    {"a3s", "keystream and permutation together, learned from 1 + ceil(log256 MN) chosen pictures"},
    {"a3c", "keystream and permutation learned by decrypting under the target's own nonce"},
    {"a4", "what the nonce gives away, and whether every bit of it counts"},
    {"a5", "one changed plaintext byte does not change the whole ciphertext"},
    {"a6", "related keys that encrypt alike"},
    {"a7", "keys with a periodic or uneven keystream"},
    {"a8", "keystream or orbit in a cycle shorter than pictures need"},
    {"a9", "ciphertext differs from the digest on record"},
    {"a10", "bytes of an all-zero picture's ciphertext not uniform"},
    {"a11", "each ciphertext byte a fixed table of one plaintext byte, learned from 256 and more"},
    {"a12",
     "key bits that change nothing, or only a part of the ciphertext, and keys that collide"},
    {"a13", "time of an encryption by key (not judged)"},
    {"a14", "altered ciphertexts are accepted, with their own or a forged tag"},
    {"a15", "which of two pictures was encrypted can be told (IND-CPA)"},
    {"a16", "equal channels show in the ciphertext"},
    {"a17", "the statistics that papers print, over several keys"}};

}  // namespace

void AddAuditMetrics(std::vector<MetricInfo>& all) {
  for (const AuditCheck& check : kChecks) {
    MetricInfo metric;
    metric.name = fmt::format("audit_{}", check.id);
    metric.format = MetricFormat::kAttack;
    metric.precision = 0;
    metric.definition = fmt::format("Check {}: {}.", check.id, check.asks);
    all.push_back(std::move(metric));
  }
  const auto count = [&](const char* name, const char* definition) {
    all.push_back({name, "", Direction::kNone, 0, MetricFormat::kCount, definition, ""});
  };
  count("audit_statistics_passed", "Statistics of check a17 that hold.");
  count("audit_statistics", "Statistics of check a17.");
  count("audit_attacks", "Checks that apply, without a13 and a17.");
  count("audit_attacks_survived", "Those of them that found nothing.");
  count("audit_attacks_weak", "Those that found a defect which gives no plaintext by itself.");
  count("audit_attacks_broken", "Those that won plaintext, keystream or the game.");
  count("audit_attacks_expected",
        "Those that a standard cipher must fail by its definition: a nonce used twice, no "
        "authentication.");
}

}  // namespace chaosense
