#include "plotting/html.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

bool ReachesOutside(const std::string& svg) {
  for (const char* sign : {"<script", "<foreignObject", "@import", " onload", " onclick"}) {
    if (svg.find(sign) != std::string::npos) return true;
  }
  for (const char* reference : {"href=\"", "href='", "url("}) {
    const std::string key = reference;
    for (size_t at = svg.find(key); at != std::string::npos; at = svg.find(key, at + 1)) {
      if (svg.compare(at + key.size(), 1, "#") != 0) return true;
    }
  }
  return false;
}

}  // namespace

std::string HtmlEscaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') {
          escaped += "\xEF\xBF\xBD";
        } else {
          escaped += c;
        }
    }
  }
  return escaped;
}

std::string HtmlElement(const std::string& tag,
                        const HtmlAttributes& attributes,
                        const std::string& inner) {
  std::string text = "<" + tag;
  for (const auto& [name, value] : attributes)
    text += fmt::format(" {}=\"{}\"", name, HtmlEscaped(value));
  return text + ">" + inner + "</" + tag + ">";
}

std::string HtmlText(const std::string& tag, std::string_view text) {
  return HtmlElement(tag, {}, HtmlEscaped(text));
}

std::string DataUri(const std::string& mime, std::span<const uint8_t> bytes) {
  std::string encoded(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // and the terminating zero
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                   bytes.data(),
                                   static_cast<int>(bytes.size()));
  CHAOSENSE_CHECK(size >= 0 && static_cast<size_t>(size) + 1 == encoded.size());
  encoded.pop_back();
  return fmt::format("data:{};base64,{}", mime, encoded);
}

std::string InlineSvg(const std::string& svg, const std::string& prefix, const std::string& title) {
  const size_t begin = svg.find("<svg");
  if (begin == std::string::npos || ReachesOutside(svg)) {
    const std::span bytes(reinterpret_cast<const uint8_t*>(svg.data()), svg.size());
    return fmt::format(
        "<img alt=\"{}\" src=\"{}\">", HtmlEscaped(title), DataUri("image/svg+xml", bytes));
  }
  std::string inner = svg.substr(begin);
  for (const char* key : {" id=\"", " id='", "\tid=\"", "\tid='", "url(#", "href=\"#", "href='#"})
    ReplaceAll(inner, key, key + prefix);
  inner.replace(0, 4, fmt::format("<svg role=\"img\" aria-label=\"{}\"", HtmlEscaped(title)));
  return inner;
}

}  // namespace chaosense
