#include "core/randomness/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

class FileSource : public ByteSource {
 public:
  explicit FileSource(const std::string& path) : name_(path == "-" ? "standard input" : path) {
    if (path == "-") {
      file_.reset(stdin);
      return;
    }
    std::error_code error;
    if (!std::filesystem::exists(path, error)) throw DataError("{}: no such file", path);
    if (std::filesystem::is_directory(path, error))
      throw ConfigError("{}: is a folder, expected a file", path);
    file_.reset(std::fopen(path.c_str(), "rb"));
    if (file_ == nullptr) throw ConfigError("{}: {}", path, std::strerror(errno));
  }
  const std::string& name() const override { return name_; }

  size_t Read(std::span<uint8_t> bytes) override {
    const size_t got = std::fread(bytes.data(), 1, bytes.size(), file_.get());
    ThrowIfInterrupted();
    if (got < bytes.size() && std::ferror(file_.get()) != 0)
      throw ConfigError("{}: {}", name_, std::strerror(errno));
    return got;
  }

 private:
  std::string name_;
  File file_;
};

class DigitSource final : public ByteSource {
 public:
  explicit DigitSource(const std::string& path) : text_(path) {}
  const std::string& name() const override { return text_.name(); }
  int LastBits() const override { return last_bits_; }

  size_t Read(std::span<uint8_t> bytes) override {
    for (size_t i = 0; i < bytes.size(); ++i) {
      unsigned byte = 0;
      int digits = 0;
      while (digits < 8) {
        const int digit = NextDigit();
        if (digit < 0) break;
        byte = byte << 1 | static_cast<unsigned>(digit);
        ++digits;
      }
      if (digits < 8) {
        if (digits == 0) return i;
        last_bits_ = digits;
        bytes[i] = static_cast<uint8_t>(byte << (8 - digits));
        return i + 1;
      }
      bytes[i] = static_cast<uint8_t>(byte);
    }
    return bytes.size();
  }

 private:
  // 0, 1, or -1 at the end.
  int NextDigit() {
    for (;;) {
      if (next_ == buffer_.size()) {
        offset_ += buffer_.size();
        buffer_.resize(size_t{1} << 16);
        buffer_.resize(text_.Read(buffer_));
        next_ = 0;
        if (buffer_.empty()) return -1;
      }
      const uint8_t c = buffer_[next_++];
      if (c == '0' || c == '1') return c - '0';
      if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
      const std::string shown = c >= 33 && c < 127 ? fmt::format("'{}'", static_cast<char>(c))
                                                   : fmt::format("byte 0x{:02x}", c);
      throw ConfigError(
          "{}: {} at offset {} is neither 0, 1 nor white space; use --format binary for raw bytes",
          name(),
          shown,
          offset_ + next_ - 1);
    }
  }

  FileSource text_;
  Bytes buffer_;
  size_t next_ = 0;
  size_t offset_ = 0;  // of buffer_ in the text
  int last_bits_ = 8;
};

class GeneratorSource final : public ByteSource {
 public:
  GeneratorSource(std::string name, std::function<void(std::span<uint8_t>)> fill)
      : name_(std::move(name)), fill_(std::move(fill)) {}
  const std::string& name() const override { return name_; }
  size_t Read(std::span<uint8_t> bytes) override {
    ThrowIfInterrupted();
    fill_(bytes);
    return bytes.size();
  }

 private:
  std::string name_;
  std::function<void(std::span<uint8_t>)> fill_;
};

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string name, Bytes bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {}
  const std::string& name() const override { return name_; }
  size_t Read(std::span<uint8_t> bytes) override {
    const size_t count = std::min(bytes.size(), bytes_.size() - next_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(next_), count, bytes.begin());
    next_ += count;
    return count;
  }

 private:
  std::string name_;
  Bytes bytes_;
  size_t next_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> OpenBinary(const std::string& path) {
  return std::make_unique<FileSource>(path);
}
std::unique_ptr<ByteSource> OpenDigits(const std::string& path) {
  return std::make_unique<DigitSource>(path);
}
std::unique_ptr<ByteSource> MakeGeneratorSource(std::string name,
                                                std::function<void(std::span<uint8_t>)> fill) {
  return std::make_unique<GeneratorSource>(std::move(name), std::move(fill));
}
std::unique_ptr<ByteSource> MakeMemorySource(std::string name, Bytes bytes) {
  return std::make_unique<MemorySource>(std::move(name), std::move(bytes));
}

void BitReader::Need(size_t bits) {
  constexpr size_t kPiece = size_t{1} << 20;
  // What was given out is dropped, whole bytes at a time.
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(used_ / 8));
  valid_ -= used_ / 8 * 8;
  used_ %= 8;
  while (valid_ < used_ + bits && valid_ % 8 == 0) {
    const size_t old = buffer_.size();
    const size_t want = std::min(kPiece, (used_ + bits - valid_ + 7) / 8);
    buffer_.resize(old + want);
    const size_t got = source_.Read(std::span(buffer_).subspan(old));
    buffer_.resize(old + got);
    if (got == 0) break;
    valid_ += 8 * got - (got < want ? static_cast<size_t>(8 - source_.LastBits()) : 0);
    if (got < want) break;
  }
}

BitSequence BitReader::Next(size_t count) {
  Need(count);
  const size_t given = std::min(count, valid_ - used_);
  BitSequence bits = BitSequence::FromBytes(buffer_, given, used_);
  used_ += given;
  return bits;
}

size_t BitReader::Skip(size_t count) {
  constexpr size_t kPiece = size_t{1} << 23;
  size_t done = 0;
  while (done < count) {
    const size_t got = Next(std::min(kPiece, count - done)).size();
    if (got == 0) break;
    done += got;
  }
  return done;
}

}  // namespace chaosense
