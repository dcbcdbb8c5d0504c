// A cipher in a program that stays: one process for many questions, instead of one for each.
//
// The program reads questions on its standard input and writes an answer to each on its standard
// output, as frames: a 32-bit number (least significant byte first, as all numbers here) and as
// many bytes (core/base/served_program.h).
//
//   question   1 byte     1 encrypt, 2 decrypt
//              32 bytes   key
//              32 bytes   nonce
//              3 x 4      channels, height, width of the image
//              the rest   the image: planes one after the other, row by row, 8 bits; behind a
//                         ciphertext what "expands" allowed it to be longer
//   answer     1 byte     0 done; 1 refused: the ciphertext is not authentic; others: failed
//              the rest   0: the ciphertext or the image; others: a message in UTF-8
//
// Its end of input is the end: it then exits with code 0. An answer must depend on its question
// alone. examples/ciphers/xor_rotate.py is an example in Python.
#ifndef CHAOSENSE_CORE_CIPHER_SERVED_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_SERVED_CIPHER_H_

#include <optional>
#include <span>
#include <string>

#include "core/base/served_program.h"
#include "core/cipher/cipher.h"

namespace chaosense {

class ServedCipher {
 public:
  enum class Operation : uint8_t { kEncrypt = 1, kDecrypt = 2 };

  // Of an answer with the status 0 or 1.
  struct Answer {
    bool refused = false;
    Bytes bytes;  // or the program's message
  };

  // `options` as for ServedProgram.
  explicit ServedCipher(ProcessOptions options) : program_(std::move(options)) {}

  // `extra`: behind the image's bytes. The answer has at most `most` bytes. Throws Error(kRun) for
  // other statuses and as ServedProgram::Ask does.
  Answer Ask(Operation operation,
             const ImageU8& image,
             std::span<const uint8_t> extra,
             std::span<const uint8_t> key,
             const Digest& nonce,
             size_t most);

 private:
  ServedProgram program_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_SERVED_CIPHER_H_
