// Any file and folder, encrypted and decrypted by the program.
#include <gmock/gmock.h>
#include <pty.h>
#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <cmath>
#include <random>
#include <set>
#include <thread>

#include "core/cipher/container.h"
#include "core/cipher/key_file.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Files : public ProgramTest {
 protected:
  Files() {
    ::unsetenv("CHAOSENSE_PASSPHRASE");
    Write("k", std::string(64, '7') + "\n");
    Write("pass", "correct horse\nsecond line\n");
  }
  static std::string Noise(size_t size) {
    std::mt19937 random(1);
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(random());
    return text;
  }
  bool Exists(const std::string& name) const { return fs::exists(folder_ / name); }
  // Runs the command, which must end well.
  std::string Ok(const std::vector<std::string>& arguments) const {
    const Said said = Run(arguments);
    EXPECT_EQ(said.exit_code, 0) << said.err;
    return said.out;
  }
  // Until a command has begun to write, a minute at most.
  void WaitForTemporary() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    const auto begun = [&] {
      for (const auto& entry : fs::directory_iterator(folder_)) {
        if (entry.path().filename().string().starts_with(".chaosense.tmp") &&
            entry.file_size() > 4096)
          return true;
      }
      return false;
    };
    while (!begun() && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  void ExpectNoTemporaries() const {
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      EXPECT_EQ(entry.path().filename().string().find(".tmp"), std::string::npos) << entry.path();
  }
};

TEST_F(Files, AnyFileComesBack) {
  Write("a.bin", Noise(1'000'000));
  EXPECT_EQ(Ok({"encrypt", "--files", "a.bin", "--key-file", "k", "-o", "a.chsf"}),
            "a.chsf: 1000000 bytes encrypted\n");
  EXPECT_EQ(Read("a.chsf").find(Read("a.bin").substr(0, 16)), std::string::npos);
  EXPECT_EQ(Ok({"decrypt", "a.chsf", "--key-file", "k", "-o", "b.bin"}),
            "b.bin: 1000000 bytes decrypted\n");
  EXPECT_EQ(Read("b.bin"), Read("a.bin"));
  Write("empty", "");
  Ok({"encrypt",
      "--files",
      "empty",
      "--key-file",
      "k",
      "-o",
      "e.chsf",
      "--cipher",
      "chacha20_poly1305"});
  Ok({"decrypt", "e.chsf", "--key-file", "k", "-o", "empty2"});
  EXPECT_EQ(Read("empty2"), "");
  EXPECT_TRUE(Exists("empty2"));
}

TEST_F(Files, KeysAndInputsAreNeverReplaced) {
  Write("a.txt", "text");
  Write("p.pgm", "P5\n8 8\n255\n" + std::string(64, 'x'));
  const std::string key = Read("k");
  const auto error = [&](std::vector<std::string> arguments) { return ErrorOf(arguments, 2); };
  EXPECT_EQ(error({"encrypt", "p.pgm", "--key-file", "k", "-o", "k"}),
            "k: is the key file itself, expected another file");
  EXPECT_EQ(error({"encrypt", "p.pgm", "--key-file", "k", "-o", "./p.pgm"}),
            "./p.pgm: is the picture itself, expected another file");
  EXPECT_EQ(error({"encrypt", "p.pgm", "--new-key", "--key-file", "new", "-o", "new"}),
            "new: is the key file itself, expected another file");
  EXPECT_EQ(error({"encrypt", "--files", "a.txt", "--key-file", "k", "-o", "k", "--force"}),
            "k: is the key file itself, expected another file");
  EXPECT_EQ(
      error({"encrypt", "--files", "a.txt", "--passphrase-file", "pass", "-o", "pass", "--force"}),
      "pass: is the passphrase file itself, expected another file");
  EXPECT_THAT(error({"encrypt", "--files", "a.txt", "--key-file", "k", "-o", "-"}),
              HasSubstr("-: standard output"));
  Ok({"encrypt", "p.pgm", "--key-file", "k", "-o", "p.png"});
  EXPECT_EQ(error({"decrypt", "p.png", "--key-file", "k", "-o", "p.png"}),
            "p.png: is the file to decrypt itself, expected another file");
  EXPECT_EQ(Read("k"), key);
  EXPECT_EQ(Read("a.txt"), "text");
  EXPECT_TRUE(Read("p.pgm").starts_with("P5"));
}

// They would be read for ever, or waited for.
TEST_F(Files, DevicesAndPipesAreRefused) {
  EXPECT_EQ(ErrorOf({"encrypt", "/dev/zero", "--key-file", "k", "-o", "z"}, 2),
            "/dev/zero: is a device, expected a file");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(ErrorOf({"encrypt", "--files", "pipe", "--key-file", "k", "-o", "z"}, 2),
            "pipe: is no regular file, expected one");
}

TEST_F(Files, PassphrasesFromAFileAndTheEnvironment) {
  Write("a.txt", "text");
  Ok({"encrypt", "--files", "a.txt", "--passphrase-file", "pass", "-o", "a.chsf"});
  ::setenv("CHAOSENSE_PASSPHRASE", "correct horse", 1);
  Ok({"decrypt", "a.chsf", "--passphrase", "-o", "b.txt"});
  EXPECT_EQ(Read("b.txt"), "text");
  ::setenv("CHAOSENSE_PASSPHRASE", "wrong horse", 1);
  EXPECT_EQ(ErrorOf({"decrypt", "a.chsf", "--passphrase", "-o", "c.txt"}, 2),
            "a.chsf: wrong passphrase or damaged header");
  ::unsetenv("CHAOSENSE_PASSPHRASE");
  EXPECT_FALSE(Exists("c.txt"));
  EXPECT_EQ(ErrorOf({"decrypt", "a.chsf", "--key-file", "k", "-o", "c.txt"}, 2),
            "a.chsf: was encrypted with a passphrase, not with a key file");
}

// A terminal of its own: asked twice, nothing echoed.
TEST_F(Files, PassphrasesAreAskedForWithoutEcho) {
  Write("a.txt", "text");
  int master = -1;
  const pid_t child = ::forkpty(&master, nullptr, nullptr, nullptr);
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (::chdir(folder_.c_str()) != 0) ::_exit(99);
    ::execl(CHAOSENSE_PROGRAM,
            "chaosense",
            "encrypt",
            "--files",
            "a.txt",
            "--passphrase",
            "-o",
            "a.chsf",
            nullptr);
    ::_exit(98);
  }
  std::string shown;
  const auto read_until = [&](const std::string& text) {
    char c = 0;
    while (shown.find(text) == std::string::npos && ::read(master, &c, 1) == 1) shown += c;
    EXPECT_THAT(shown, HasSubstr(text));
  };
  const std::string answer = "correct horse\n";
  read_until("passphrase: ");
  ASSERT_EQ(::write(master, answer.data(), answer.size()), 14);
  read_until("the same again: ");
  ASSERT_EQ(::write(master, answer.data(), answer.size()), 14);
  read_until("4 bytes encrypted");
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(master);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(shown.find("horse"), std::string::npos);
  Ok({"decrypt", "a.chsf", "--passphrase-file", "pass", "-o", "b.txt"});
  EXPECT_EQ(Read("b.txt"), "text");
}

TEST_F(Files, AFolderBecomesAFolderOfTheSameShape) {
  Write("tree/a.txt", "a");
  Write("tree/sub/deep/b.bin", Noise(300'000));
  Write("tree/c.chsf", "not encrypted at all");
  fs::create_directories(folder_ / "tree/empty");
  fs::create_symlink("a.txt", folder_ / "tree/link");
  const Said said = Run({"encrypt", "--files", "tree", "--key-file", "k", "-o", "out"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(said.out, "out: 3 files, 300021 bytes encrypted\n");
  EXPECT_THAT(said.err, HasSubstr("tree/link: a symbolic link: left out"));
  EXPECT_TRUE(Exists("out/sub/deep/b.bin.chsf"));
  EXPECT_TRUE(fs::is_directory(folder_ / "out/empty"));
  Ok({"decrypt", "out", "--key-file", "k", "-o", "back"});
  for (const char* name : {"a.txt", "sub/deep/b.bin", "c.chsf"})
    EXPECT_EQ(Read(std::string("back/") + name), Read(std::string("tree/") + name)) << name;
  EXPECT_TRUE(fs::is_directory(folder_ / "back/empty"));
  EXPECT_FALSE(Exists("back/link"));
  EXPECT_THAT(ErrorOf({"encrypt", "--files", "tree", "--key-file", "k", "-o", "tree/out"}, 2),
              HasSubstr("lies in the folder tree"));
}

TEST_F(Files, OneDamagedFileOfAFolderDoesNotStopTheOthers) {
  Write("tree/a", "first");
  Write("tree/b", "second");
  Ok({"encrypt", "--files", "tree", "--key-file", "k", "-o", "out"});
  std::string damaged = Read("out/a.chsf");
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  Write("out/a.chsf", damaged);
  const Said said = Run({"decrypt", "out", "--key-file", "k", "-o", "back"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_EQ(said.out, "back: 1 files, 6 bytes decrypted, 1 failed\n");
  EXPECT_THAT(said.err, HasSubstr("warning: out/a.chsf: damaged: chunk 0"));
  EXPECT_FALSE(Exists("back/a"));
  EXPECT_EQ(Read("back/b"), "second");
  ExpectNoTemporaries();
}

TEST_F(Files, NothingIsOverwrittenUnasked) {
  Write("tree/a", "first");
  Write("tree/b", "second");
  Write("out/a.chsf", "mine");
  EXPECT_EQ(ErrorOf({"encrypt", "--files", "tree", "--key-file", "k", "-o", "out"}, 2),
            "out/a.chsf: exists already; --force replaces, --skip-existing leaves it");
  EXPECT_FALSE(Exists("out/b.chsf"));
  EXPECT_EQ(Ok({"encrypt", "--files", "tree", "--key-file", "k", "-o", "out", "--skip-existing"}),
            "out: 1 files, 6 bytes encrypted, 1 there already\n");
  EXPECT_EQ(Read("out/a.chsf"), "mine");
  Ok({"encrypt", "--files", "tree", "--key-file", "k", "-o", "out", "--force"});
  Ok({"decrypt", "out", "--key-file", "k", "-o", "back"});
  EXPECT_EQ(Read("back/a"), "first");
}

TEST_F(Files, TamperingLeavesNoOutput) {
  Write("a.bin", Noise(600'000));  // three chunks
  Ok({"encrypt", "--files", "a.bin", "--key-file", "k", "-o", "a.chsf"});
  const std::string good = Read("a.chsf");
  const auto error = [&](std::string bytes) {
    Write("bad.chsf", bytes);
    const std::string text = ErrorOf({"decrypt", "bad.chsf", "--key-file", "k", "-o", "b.bin"}, 2);
    EXPECT_FALSE(Exists("b.bin"));
    return text;
  };
  std::string last = good;
  last[good.size() - 100] = static_cast<char>(last[good.size() - 100] ^ 1);
  EXPECT_THAT(error(last), HasSubstr("bad.chsf: damaged: chunk 2"));
  EXPECT_THAT(error(good.substr(0, good.size() - 1)), HasSubstr("damaged: chunk 2"));
  // Cut exactly between two chunks: the one now last does not say so of itself.
  const size_t body = good.size() - 600'000 - 3 * 16;
  EXPECT_THAT(error(good.substr(0, body + 2 * (262144 + 16))), HasSubstr("damaged: chunk 1"));
  EXPECT_THAT(error(good + "x"), HasSubstr("damaged: chunk 2"));
  ExpectNoTemporaries();
}

// Ctrl-C, a polite kill, a closed terminal.
TEST_F(Files, AnInterruptedRunLeavesNothingBehind) {
  Write("big", "");
  fs::resize_file(folder_ / "big", uint64_t{64} << 30);  // sparse
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const pid_t child = Start({"encrypt", "--files", "big", "--key-file", "k", "-o", "big.chsf"});
    WaitForTemporary();
    ::kill(child, signal);
    const Said said = Finish(child);
    EXPECT_EQ(said.exit_code, 130) << signal << said.err;
    EXPECT_FALSE(Exists("big.chsf"));
    ExpectNoTemporaries();
  }
}

TEST_F(Files, PrivateStaysPrivate) {
  const auto permissions = [&](const char* name) {
    return static_cast<unsigned>(fs::status(folder_ / name).permissions());
  };
  Write("open", "text");
  fs::permissions(folder_ / "open", fs::perms{0644});
  Write("private", "text");
  fs::permissions(folder_ / "private", fs::perms{0600});
  Write("p.pgm", "P5\n8 8\n255\n" + std::string(64, 'x'));
  fs::permissions(folder_ / "p.pgm", fs::perms{0600});
  for (const std::string name : {"open", "private"}) {
    Ok({"encrypt", "--files", name, "--key-file", "k", "-o", name + ".chsf"});
    Ok({"decrypt", name + ".chsf", "--key-file", "k", "-o", name + ".again"});
  }
  Ok({"encrypt", "p.pgm", "--key-file", "k", "-o", "p.chs"});
  Ok({"decrypt", "p.chs", "--key-file", "k", "-o", "p.png"});
  EXPECT_EQ(permissions("open.again"), 0644u);
  EXPECT_EQ(permissions("private.chsf"), 0600u);
  EXPECT_EQ(permissions("private.again"), 0600u);
  EXPECT_EQ(permissions("p.chs"), 0600u);
  EXPECT_EQ(permissions("p.png"), 0600u);
}

TEST_F(Files, PicturesThatExistAreRefused) {
  Write("p.pgm", "P5\n8 8\n255\n" + std::string(64, 'x'));
  Write("there.png", "precious");
  Ok({"encrypt", "p.pgm", "--key-file", "k", "-o", "p.chs"});
  EXPECT_EQ(ErrorOf({"encrypt", "p.pgm", "--key-file", "k", "-o", "p.chs"}, 2),
            "p.chs: exists already; --force replaces it");
  EXPECT_EQ(ErrorOf({"decrypt", "p.chs", "--key-file", "k", "-o", "there.png"}, 2),
            "there.png: exists already; --force replaces it");
  EXPECT_EQ(Read("there.png"), "precious");
  Ok({"decrypt", "p.chs", "--key-file", "k", "-o", "there.png", "--force"});
  EXPECT_NE(Read("there.png"), "precious");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(ErrorOf({"encrypt", "p.pgm", "--key-file", "k", "-o", "pipe", "--force"}, 2),
            "pipe: is no regular file, expected one to write");
  EXPECT_TRUE(fs::is_fifo(folder_ / "pipe"));
}

// A key that encrypted nothing would be in the way of the next attempt.
TEST_F(Files, ANewKeyStaysOnlyIfItWasUsed) {
  Write("a.txt", "text");
  ErrorOf({"encrypt", "--files", "nope", "--new-key", "--key-file", "n", "-o", "o"}, 3);
  ErrorOf({"encrypt", "nope.png", "--new-key", "--key-file", "n", "-o", "o"}, 3);
  ErrorOf({"encrypt", "--files", "a.txt", "--new-key", "--key-file", "n", "-o", "k"}, 2);
  EXPECT_FALSE(Exists("n"));
  Ok({"encrypt", "--files", "a.txt", "--new-key", "--key-file", "n", "-o", "o"});
  Ok({"decrypt", "o", "--key-file", "n", "-o", "b.txt"});
  EXPECT_EQ(Read("b.txt"), "text");
}

TEST_F(Files, ALongNameThatFitsWithItsEndingIsEncrypted) {
  fs::create_directory(folder_ / "tree");
  const std::string name(250, 'n');
  Write("tree/" + name, "text");
  Ok({"encrypt", "--files", "tree", "--key-file", "k", "-o", "out"});
  EXPECT_TRUE(Exists("out/" + name + ".chsf"));
}

// One key, one picture, two methods: the ciphertexts' difference must not be that of the codes.
TEST_F(Files, MethodsShareNoKeystreamOfABoundCipher) {
  std::string pixels;
  for (int i = 0; i < 66 * 66; ++i) pixels += static_cast<char>(128 + 100 * std::sin(0.11 * i));
  Write("p.pgm", "P5\n66 66\n255\n" + pixels);
  std::set<std::string> nonces;
  for (const std::string method : {"pca_lmmse", "gaussian_lmmse"}) {
    const std::string out = method + ".chs";
    Ok({"encrypt", "p.pgm", "--key-file", "k", "--cipher", "paper", "--method", method, "-o", out});
    const std::string bytes = Read(out);
    const std::vector<uint8_t> key = ReadKeyFile(folder_ / "k");
    const Container c = ReadContainer(
        std::vector<uint8_t>(bytes.begin(), bytes.end()), key, Authentication::kRequired, out);
    nonces.insert(std::string(c.nonce.begin(), c.nonce.end()));
  }
  EXPECT_EQ(nonces.size(), 2u);
}

TEST_F(Files, MistakesAreSaid) {
  Write("a.txt", "text");
  EXPECT_EQ(ErrorOf({"encrypt", "--files", "a.txt", "-o", "b"}, 2),
            "encrypt: none of --key-file, --passphrase and --passphrase-file given, expected one");
  EXPECT_EQ(ErrorOf({"encrypt", "--files", "missing", "--key-file", "k", "-o", "b"}, 3),
            "missing: no such file");
  EXPECT_EQ(ErrorOf({"encrypt", "a.txt", "--key-file", "k", "-o", "b", "--skip-existing"}, 2),
            "--skip-existing: needs --files");
  EXPECT_EQ(
      ErrorOf({"encrypt", "--files", "a.txt", "--key-file", "k", "-o", "b", "--rate", "7"}, 2),
      "--rate: is for pictures, not for --files");
  EXPECT_THAT(
      ErrorOf({"encrypt", "--files", "a.txt", "--key-file", "k", "-o", "b", "--cipher", "paper"},
              2),
      HasSubstr("paper cannot encrypt files"));
  Write("none", "\n");
  EXPECT_EQ(ErrorOf({"encrypt", "--files", "a.txt", "--passphrase-file", "none", "-o", "b"}, 2),
            "encrypt: the passphrase is empty");
  EXPECT_FALSE(Exists("b"));
}

}  // namespace
}  // namespace chaosense
