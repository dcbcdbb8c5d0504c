// Where the bytes under test come from: files, standard input, digits in text, generators. Read
// from beginning to end, once.
#ifndef CHAOSENSE_CORE_RANDOMNESS_BYTE_SOURCE_H_
#define CHAOSENSE_CORE_RANDOMNESS_BYTE_SOURCE_H_

#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "core/base/file.h"
#include "core/randomness/bits.h"

namespace chaosense {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // How messages name it: the path, "standard input", "aes256_ctr".
  virtual const std::string& name() const = 0;
  // Fills `bytes` from its beginning; fewer than asked only at the end of the source. Throws
  // Error(kConfig) on unreadable or malformed input.
  virtual size_t Read(std::span<uint8_t> bytes) = 0;
  // Bits of the last byte read that count, its highest ones: 8, but for text that ends within a
  // byte.
  virtual int LastBits() const { return 8; }
};

// "-" is standard input. Throws Error(kData) if the file is missing, Error(kConfig) if it cannot be
// opened.
std::unique_ptr<ByteSource> OpenBinary(const std::string& path);
// '0' and '1' with white space anywhere; eight digits make a byte, the first its highest bit. Any
// other character is an error that names it and its place.
std::unique_ptr<ByteSource> OpenDigits(const std::string& path);
// Endless; `fill` fills the whole span.
std::unique_ptr<ByteSource> MakeGeneratorSource(std::string name,
                                                std::function<void(std::span<uint8_t>)> fill);
// The bytes given.
std::unique_ptr<ByteSource> MakeMemorySource(std::string name, Bytes bytes);

// Cuts a source into sequences of bits that follow each other without gaps.
class BitReader {
 public:
  explicit BitReader(ByteSource& source) : source_(source) {}
  // The next `count` bits, fewer at the end of the source.
  BitSequence Next(size_t count);
  // Passes over `count` bits; how many there were.
  size_t Skip(size_t count);

 private:
  ByteSource& source_;
  Bytes buffer_;
  size_t used_ = 0;   // bits of buffer_ that were given out
  size_t valid_ = 0;  // bits of buffer_
  void Need(size_t bits);
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_BYTE_SOURCE_H_
