#include "core/cipher/external_cipher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/process.h"
#include "core/base/random.h"
#include "core/base/scratch_folder.h"

namespace chaosense {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

const Bytes kKey = RandomStream("external key").RandomBytes(32);
const Digest kNonce = Sha256Of("external nonce");
const std::string kExamples = std::string(CHAOSENSE_SOURCE_DIR) + "/examples/ciphers/";

std::unique_ptr<Cipher> Make(const Json& parameters) {
  CipherRegistry registry("cipher");
  RegisterExternalCipher(registry);
  return registry.Create("external", parameters);
}

ImageU8 Random(Shape shape) {
  return ImageU8(shape, RandomStream("external image").RandomBytes(shape.size()));
}

Json Command(const std::string& script, std::vector<std::string> arguments = {}) {
  Json command = {"/bin/sh", "-c", script, "sh", "{in}", "{out}"};
  for (const std::string& argument : arguments) command.push_back(argument);
  return command;
}

Json Both(const std::string& script, std::vector<std::string> arguments = {}) {
  return {{"encrypt", Command(script, arguments)}, {"decrypt", Command(script, arguments)}};
}

// What every cipher must do, here for programs.
void ExpectGoodCipher(const Cipher& cipher) {
  for (const Shape shape : {Shape{1, 1, 1}, {1, 1, 9}, {3, 2, 1}, {3, 40, 56}}) {
    const ImageU8 plain = Random(shape);
    const Ciphertext encrypted = cipher.Encrypt(plain, kKey, kNonce);
    EXPECT_EQ(encrypted.bytes.shape, shape);
    EXPECT_EQ(cipher.Encrypt(plain, kKey, kNonce).bytes, encrypted.bytes);
    EXPECT_EQ(cipher.Decrypt(encrypted, kKey, kNonce), plain);
  }
  const ImageU8 plain = Random({3, 20, 30});
  const Ciphertext encrypted = cipher.Encrypt(plain, kKey, kNonce);
  Bytes wrong = kKey;
  wrong[0] ^= 1;
  EXPECT_NE(cipher.Decrypt(encrypted, wrong, kNonce), plain);
  EXPECT_EQ(cipher.Encrypt(plain, kKey, Sha256Of("another")).bytes != encrypted.bytes,
            cipher.traits().uses_nonce);
  EXPECT_THAT([&] { cipher.Encrypt(plain, Bytes(31), kNonce); },
              ThrowsMessage<Error>(HasSubstr("expected 32")));
}

TEST(ExternalCipher, ThePythonExampleIsACipher) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  const auto cipher = Make(
      {{"encrypt",
        {"python3", kExamples + "xor_rotate.py", "encrypt", "{in}", "{out}", "{key}", "{nonce}"}},
       {"decrypt",
        {"python3", kExamples + "xor_rotate.py", "decrypt", "{in}", "{out}", "{key}", "{nonce}"}}});
  ExpectGoodCipher(*cipher);
  EXPECT_EQ(cipher->Identity()["encrypt"]["files"].size(), 1U);
}

TEST(ExternalCipher, TheServedExampleIsTheSameCipher) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  const std::string script = kExamples + "xor_rotate.py";
  const auto served = Make({{"serve", {"python3", script, "serve"}}});
  ExpectGoodCipher(*served);
  EXPECT_EQ(served->Identity()["serve"]["files"].size(), 1U);
  const auto files =
      Make({{"encrypt", {"python3", script, "encrypt", "{in}", "{out}", "{key}", "{nonce}"}},
            {"decrypt", {"python3", script, "decrypt", "{in}", "{out}", "{key}", "{nonce}"}}});
  const ImageU8 plain = Random({3, 11, 5});
  EXPECT_EQ(served->Encrypt(plain, kKey, kNonce).bytes, files->Encrypt(plain, kKey, kNonce).bytes);
}

// A server in Python that answers with the bytes of `answer`, of which `data` is the image's and
// `head` what stands before them.
Json Serving(const std::string& answer) {
  return {"python3",
          "-c",
          "import struct, sys\n"
          "source, target = sys.stdin.buffer, sys.stdout.buffer\n"
          "while size := source.read(4):\n"
          "    question = source.read(struct.unpack('<I', size)[0])\n"
          "    head, data = question[:77], question[77:]\n"
          "    encrypting = head[0] == 1\n"
          "    answer = " +
              answer +
              "\n"
              "    target.write(struct.pack('<I', len(answer)) + answer)\n"
              "    target.flush()\n"};
}

TEST(ExternalCipher, AServedQuestionHoldsWhatTheHeaderFileSays) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  const auto cipher = Make({{"serve", Serving("b'\\0' + head + data[77:]")}});
  const Bytes head = cipher->Encrypt(Random({3, 40, 56}), kKey, kNonce).bytes.data;
  EXPECT_EQ(head[0], 1);
  EXPECT_TRUE(std::equal(kKey.begin(), kKey.end(), head.begin() + 1));
  EXPECT_TRUE(std::equal(kNonce.begin(), kNonce.end(), head.begin() + 33));
  EXPECT_EQ(Bytes(head.begin() + 65, head.begin() + 77),
            (Bytes{3, 0, 0, 0, 40, 0, 0, 0, 56, 0, 0, 0}));
}

TEST(ExternalCipher, ServedFailuresSayWhatTheProgramSaid) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  const ImageU8 plain = Random({1, 8, 8});
  const auto error_of = [&](const std::string& answer, const Json& more = Json::object()) {
    Json parameters = {{"serve", Serving(answer)}};
    parameters.update(more);
    try {
      const auto cipher = Make(parameters);
      const Ciphertext encrypted = cipher->Encrypt(plain, kKey, kNonce);
      cipher->Decrypt(encrypted, kKey, kNonce);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), more.contains("authenticated") ? ErrorKind::kConfig : ErrorKind::kRun)
          << error.what();
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(error_of("b'\\0' + data"), "no error");
  EXPECT_EQ(error_of("b'\\7out of ink'"), "external cipher: encrypt: status 7: out of ink");
  EXPECT_EQ(error_of("b''"), "external cipher: encrypt: an answer without a status");
  EXPECT_THAT(error_of("b'\\0' + data[1:]"), HasSubstr("the output has 63 bytes, expected 64"));
  EXPECT_THAT(error_of("b'\\0x' + data"), HasSubstr("\"expands\": true"));
  EXPECT_THAT(error_of("1 / 0"), AllOf(HasSubstr("exit code 1"), HasSubstr("ZeroDivisionError")));
  const std::string refusal = "b'\\0' + data if encrypting else b'\\1forged'";
  EXPECT_THAT(error_of(refusal),
              AllOf(HasSubstr("refused (status 1): forged"), HasSubstr("\"authenticated\": true")));
  EXPECT_THAT(error_of(refusal, {{"authenticated", true}}),
              HasSubstr("decrypt: refused (status 1): forged"));
  EXPECT_EQ(error_of("b'\\0' + (data + b'tag' if encrypting else data[:-3])", {{"expands", true}}),
            "no error");
}

TEST(ExternalCipher, TheShellExampleIsACipher) {
  if (FindProgram("awk").empty()) GTEST_SKIP() << "no awk";
  const std::string script = kExamples + "vigenere.sh";
  const auto cipher = Make({{"encrypt", {"sh", script, "encrypt", "{in}", "{out}", "{key}"}},
                            {"decrypt", {"sh", script, "decrypt", "{in}", "{out}", "{key}"}}});
  ExpectGoodCipher(*cipher);
  // Vigenere's by hand: a zero image shows the key.
  EXPECT_EQ(cipher->Encrypt(ImageU8(Shape{1, 4, 8}), kKey, kNonce).bytes.data, kKey);
}

TEST(ExternalCipher, PlaceholdersAreFilled) {
  const auto cipher =
      Make(Both("cp \"$1\" \"$2\"; [ \"$3 $4 $5 $6\" = '56 40 3 6720' ] || exit 9; "
                "[ ${#7} = 64 ] && [ $(wc -c < \"$8\") = 65 ]",
                {"{width}", "{height}", "{channels}", "{bytes}", "{nonce}", "{key}"}));
  EXPECT_NO_THROW(cipher->Encrypt(Random({3, 40, 56}), kKey, kNonce));
  EXPECT_THAT(
      [&] {
        cipher->Encrypt(Random({3, 40, 57}), kKey, kNonce);
      },
      ThrowsMessage<Error>(HasSubstr("exit code 9")));
}

TEST(ExternalCipher, PicturesAsFiles) {
  for (const char* format : {"png", "pgm"}) {
    Json parameters = Both("cp \"$1\" \"$2\"");
    parameters["format"] = format;
    const auto cipher = Make(parameters);
    for (const Shape shape : {Shape{1, 5, 7}, {3, 5, 7}}) {
      EXPECT_EQ(cipher->Encrypt(Random(shape), kKey, kNonce).bytes, Random(shape)) << format;
    }
    EXPECT_EQ(cipher->Encrypt(ImageU8(Shape{3, 4, 4}), kKey, kNonce).bytes, ImageU8(Shape{3, 4, 4}))
        << "equal channels stay three";
  }
}

TEST(ExternalCipher, FailuresSayWhatTheProgramSaid) {
  const ImageU8 plain = Random({1, 8, 8});
  const auto error_of = [&](const std::string& script, double timeout_s = 20) {
    Json parameters = Both(script);
    parameters["timeout_s"] = timeout_s;
    try {
      Make(parameters)->Encrypt(plain, kKey, kNonce);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kRun) << error.what();
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(error_of("echo 'no licence' >&2; exit 4"),
            "external cipher: encrypt: /bin/sh: exit code 4: no licence");
  EXPECT_THAT(error_of("kill -KILL $$"), HasSubstr("ended by signal 9"));
  EXPECT_THAT(error_of("sleep 30", 0.2), HasSubstr("timed out after"));
  EXPECT_THAT(error_of("exit 0"), HasSubstr("wrote no output file"));
  EXPECT_THAT(error_of("head -c 63 \"$1\" > \"$2\""),
              HasSubstr("the output has 63 bytes, expected 64"));
  EXPECT_THAT(error_of("cat \"$1\" \"$1\" > \"$2\""),
              AllOf(HasSubstr("the output has 128 bytes, expected 64"), HasSubstr("\"expands\"")));
  Json missing = Both("exit 0");
  missing["encrypt"] = "no-such-program {in} {out}";
  EXPECT_THAT([&] { Make(missing)->Encrypt(plain, kKey, kNonce); },
              ThrowsMessage<Error>(HasSubstr("no-such-program: no such program in PATH")));
}

TEST(ExternalCipher, ALongerCiphertextTravelsAsTheTag) {
  const Json parameters = {
      {"encrypt", Command("{ cat \"$1\"; printf 'a tag'; } > \"$2\"")},
      {"decrypt",
       Command("[ \"$(tail -c 5 \"$1\")\" = 'a tag' ] || exit 1; head -c \"$3\" \"$1\" > \"$2\"",
               {"{bytes}"})},
      {"expands", true},
      {"authenticated", true}};
  const auto cipher = Make(parameters);
  const ImageU8 plain = Random({3, 6, 5});
  Ciphertext encrypted = cipher->Encrypt(plain, kKey, kNonce);
  EXPECT_EQ(std::string(encrypted.tag.begin(), encrypted.tag.end()), "a tag");
  EXPECT_EQ(cipher->Decrypt(encrypted, kKey, kNonce), plain);
  encrypted.tag[0] ^= 1;
  // As every authenticated cipher rejects; a program that is killed has not rejected anything.
  const auto kind = [&](const Cipher& of) {
    try {
      of.Decrypt(encrypted, kKey, kNonce);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kTolerance;
  };
  EXPECT_EQ(kind(*cipher), ErrorKind::kConfig);
  Json killed = parameters;
  killed["decrypt"] = Command("kill -KILL $$");
  EXPECT_EQ(kind(*Make(killed)), ErrorKind::kRun);
  Json undeclared = parameters;
  undeclared["authenticated"] = false;
  EXPECT_EQ(kind(*Make(undeclared)), ErrorKind::kRun);
  Json too_long = parameters;
  too_long["encrypt"] = Command("{ cat \"$1\"; head -c 65 /dev/zero; } > \"$2\"");
  EXPECT_THAT([&] { Make(too_long)->Encrypt(plain, kKey, kNonce); },
              ThrowsMessage<Error>(HasSubstr("155 bytes, expected 90 to 154")));
}

TEST(ExternalCipher, BadParametersAreRefused) {
  EXPECT_THAT([] { Make(Json::object()); },
              ThrowsMessage<Error>("external cipher: /encrypt: missing, expected a command"));
  EXPECT_THAT(
      [] {
        Make({{"encrypt", "cp {in} x"}, {"decrypt", "cp {in} {out}"}});
      },
      ThrowsMessage<Error>("external cipher: /encrypt: the command does not use {out}"));
  EXPECT_THAT(
      [] {
        Make({{"serve", "mine"}, {"decrypt", "cp {in} {out}"}});
      },
      ThrowsMessage<Error>(AllOf(HasSubstr("/decrypt"), HasSubstr("\"serve\" is given"))));
  EXPECT_THAT(
      [] {
        Make({{"serve", "cat"}, {"format", "png"}});
      },
      ThrowsMessage<Error>(HasSubstr("/format: with \"serve\" it is \"raw\"")));
  EXPECT_THAT([] { Make({{"serve", "mine {in}"}}); }, ThrowsMessage<Error>(HasSubstr("/serve")));
  Json parameters = {{"encrypt", "cp {in} {out}"}, {"decrypt", "cp {in} {out}"}};
  EXPECT_NO_THROW(Make(parameters));
  parameters["files"] = {"no-such-file.py"};
  EXPECT_THAT([&] { Make(parameters); }, ThrowsMessage<Error>(HasSubstr("no-such-file.py")));
  parameters.erase("files");
  parameters["format"] = "png";
  parameters["expands"] = true;
  EXPECT_THAT([&] { Make(parameters); }, ThrowsMessage<Error>(HasSubstr("/expands")));
}

}  // namespace
}  // namespace chaosense
