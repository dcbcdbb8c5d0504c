#include "core/attacks/expected.h"

#include <algorithm>
#include <set>

namespace chaosense {
namespace {

// A stream cipher under a nonce that is used twice: the keystream is added to every picture alike.
const std::set<std::string> kNonceTwice = {"a1", "a3", "a5", "a11", "a15", "a17"};
// The tag's secret point is solved for, and tags are forged (nonce_reuse.h).
const std::set<std::string> kForgedUnderNonceTwice = {"a1c", "a3c", "a14"};
// Without a tag every ciphertext is accepted, and the target's nonce may be used again.
const std::set<std::string> kUnauthenticated = {"a1c", "a3c", "a14"};

}  // namespace

const std::vector<std::string>& StandardCiphers() {
  static const std::vector<std::string> names = {
      "aes256_ctr", "aes256_gcm", "aes256_siv", "chacha20", "chacha20_poly1305"};
  return names;
}

std::string ExpectedFailure(const std::string& cipher, NonceMode mode, const std::string& check) {
  const auto& names = StandardCiphers();
  if (std::find(names.begin(), names.end(), cipher) == names.end()) return "";
  const bool stream = cipher != "aes256_siv";
  const bool authenticated = cipher != "aes256_ctr" && cipher != "chacha20";
  if (stream && mode == NonceMode::kFrozen &&
      (kNonceTwice.contains(check) || (authenticated && kForgedUnderNonceTwice.contains(check))))
    return "its nonce was used twice, which its definition forbids";
  if (!stream && (check == "a15" || (check == "a4" && mode == NonceMode::kLive)))
    return "it takes no nonce and is deterministic: equal pictures show, and nothing else";
  if (!authenticated && kUnauthenticated.contains(check))
    return "it is not authenticated; use the form that is";
  return "";
}

}  // namespace chaosense
