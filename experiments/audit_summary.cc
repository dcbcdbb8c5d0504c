// The page of an audit, for someone who has never seen the project.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "experiments/audit.h"

namespace chaosense {
namespace {

constexpr const char* kIntroduction = R"(# Audit of image ciphers

Papers on image encryption judge a cipher by statistics of its output: entropy, correlation of
neighbours, NPCR, UACI. Here every cipher gets these statistics, and beside them attacks that are
really run against it. A good cipher must pass the statistics; passing them says little.

**How to read it.** An attacker may have pictures of his choice encrypted under the secret key (a
*query*) and wants to see another picture. *Frozen*: the cipher's nonce, where a plaintext-bound
cipher puts the picture's hash, is the same for all pictures. *Live*: the cipher as it is meant to
be used, with the hash of each picture or a fresh nonce for each encryption. The nonce is public. The
ciphers are looked at by themselves, without the authenticated container in which Chaosense stores
their output.

- **passed**: the attack failed, or nothing was found.
- **weak**: a defect that gives no plaintext by itself.
- **broken (n)**: the attack won with n queries: the picture, the keystream or the game.
- **expected (n)**: a standard cipher fails what its definition says it must, such as a nonce used
  twice.
- **n/a**: does not apply. **info**: measured, not judged.

)";

constexpr const char* kErrors = R"(
## How sure the verdicts are

The attacks (A1 to A3, A11, A14) count as won only if they predict or recover every byte, and a
forged tag only if decryption accepted it with ciphertexts that encryption never made; by chance
that does not happen. The checks that are statistical tests (A5, A7, A10, A12, A15, A16, A17) use
level 0.001 each, corrected for the number of tests within the check, so an ideal cipher fails one
of them in fewer than 1 of 100 columns. A5 and A17 judge the number of pairs of pictures, or of keys,
that fail at 0.01, the worst of them, and the mean; A5 also the worst row and column of its map.

A12 says that each single bit of the key counts, and how many keys random ones leave room for: n keys
without two equal ciphertexts show about 2 log2 n - 4 bits at a confidence of 99.9 %, never more. That
is no measure of the key's entropy: a cipher may use 40 bits of the key's hash and pass.

A verdict of *passed* means that this attack failed here, not that no attack exists.
)";

const Json& Checks(const FinishedCell& finished) { return finished.result.notes.at("audit"); }

double ValueOf(const FinishedCell& finished, const std::string& metric) {
  for (const Measurement& value : finished.result.values) {
    if (value.metric == metric) return value.value;
  }
  return 0;
}

std::string VerdictWords(const Json& check) {
  const auto verdict = check.at("verdict").get<std::string>();
  if (verdict != "broken" && verdict != "expected") return verdict;
  return fmt::format("{} ({})", verdict, check.at("queries").get<int64_t>());
}

// "A3" of "A3 keystream reuse".
std::string ShortName(const Json& check) {
  const auto name = check.at("name").get<std::string>();
  return name.substr(0, name.find(' '));
}

std::string NamesWith(const FinishedCell& finished, const std::string& verdict) {
  std::vector<std::string> names;
  for (const Json& check : Checks(finished)) {
    if (check.at("verdict") != verdict || check.at("id") == "a17") continue;
    const auto queries = check.at("queries").get<int64_t>();
    names.push_back(verdict == "broken" ? fmt::format("{} ({})", ShortName(check), queries)
                                        : ShortName(check));
  }
  return names.empty() ? "-" : fmt::format("{}", fmt::join(names, ", "));
}

bool HasStatistics(const FinishedCell& finished) {
  return ValueOf(finished, "audit_statistics") > 0;
}
bool PassesStatistics(const FinishedCell& finished) {
  return HasStatistics(finished) &&
         ValueOf(finished, "audit_statistics_passed") == ValueOf(finished, "audit_statistics");
}

std::string Findings(const std::vector<FinishedCell>& cells) {
  std::vector<std::string> liars;
  int passing = 0;
  for (const FinishedCell& finished : cells) {
    if (!PassesStatistics(finished)) continue;
    ++passing;
    if (ValueOf(finished, "audit_attacks_broken") > 0)
      liars.push_back(
          fmt::format("{} ({})", finished.cell.axes.cipher, finished.cell.axes.variant));
  }
  if (passing == 0) return "";
  return fmt::format(
      "**The statistics do not tell.** Of {} columns that pass every statistic, {} are broken all "
      "the same{}{}.\n\n",
      passing,
      liars.size(),
      liars.empty() ? "" : ": ",
      fmt::join(liars, ", "));
}

std::string Overview(const std::vector<FinishedCell>& cells) {
  std::string page =
      "## Statistics passed, attacks survived\n\n"
      "| cipher | nonce | statistics passed | attacks survived | broken by (queries) | weak | "
      "expected |\n|---|---|---|---|---|---|---|\n";
  for (const FinishedCell& finished : cells) {
    page += fmt::format("| {} | {} | {} | {} of {} | {} | {} | {} |\n",
                        finished.cell.axes.cipher,
                        finished.cell.axes.variant,
                        HasStatistics(finished)
                            ? fmt::format("{} of {}",
                                          ValueOf(finished, "audit_statistics_passed"),
                                          ValueOf(finished, "audit_statistics"))
                            : "-",
                        ValueOf(finished, "audit_attacks_survived"),
                        ValueOf(finished, "audit_attacks"),
                        NamesWith(finished, "broken"),
                        NamesWith(finished, "weak"),
                        NamesWith(finished, "expected"));
  }
  return page + "\n";
}

std::string Questions(const std::vector<FinishedCell>& cells) {
  std::string page = "## The checks\n\n| check | question |\n|---|---|\n";
  std::vector<std::string> seen;
  for (const FinishedCell& finished : cells) {
    for (const Json& check : Checks(finished)) {
      const auto name = check.at("name").get<std::string>();
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      seen.push_back(name);
      page += fmt::format("| {} | {} |\n", name, check.at("question").get<std::string>());
    }
  }
  return page;
}

std::string Evidence(const FinishedCell& finished) {
  std::string page =
      fmt::format("\n### {}, nonce {}\n\n| check | verdict | evidence |\n|---|---|---|\n",
                  finished.cell.axes.cipher,
                  finished.cell.axes.variant);
  for (const Json& check : Checks(finished)) {
    std::string evidence = check.at("evidence").get<std::string>();
    if (check.contains("picture")) {
      evidence += fmt::format(" [picture](cells/{}/{})",
                              finished.cell.id.substr(0, 16),
                              check.at("picture").get<std::string>());
    }
    page += fmt::format(
        "| {} | {} | {} |\n", check.at("name").get<std::string>(), VerdictWords(check), evidence);
  }
  return page;
}

}  // namespace

std::string AuditSummary(const std::vector<FinishedCell>& cells) {
  if (cells.empty()) return "";
  std::string page = kIntroduction + Findings(cells) + Overview(cells) + Questions(cells) +
                     kErrors +
                     "\n## Evidence\n\nPictures show, from left to right, the target, its "
                     "ciphertext and what the attacker got; those of A5 show the bytes of the "
                     "ciphertext (columns) that each byte of the plaintext (rows) changes.\n";
  for (const FinishedCell& finished : cells) page += Evidence(finished);
  return page;
}

}  // namespace chaosense
