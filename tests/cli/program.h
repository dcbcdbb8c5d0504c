// Runs the chaosense program and catches what it says.
#ifndef CHAOSENSE_TESTS_CLI_PROGRAM_H_
#define CHAOSENSE_TESTS_CLI_PROGRAM_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace chaosense {

struct Said {
  int exit_code = -1;  // 128 + signal if it was killed
  std::string out;
  std::string err;
};

// A test with a folder of its own, which is the program's current folder. No data folder is given.
class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "chaosense_cli_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ProgramTest() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  void Write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string Read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  // In a process group of its own.
  pid_t Start(const std::vector<std::string>& arguments) const {
    const pid_t child = ::fork();
    if (child != 0) {
      ::setpgid(child, child);
      return child;
    }
    ::setpgid(0, 0);
    if (::chdir(folder_.c_str()) != 0) ::_exit(99);
    ::unsetenv("CHAOSENSE_DATA");
    ::unsetenv("CHAOSENSE_HOME");
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    ::dup2(::open("stdout.txt", flags, 0600), STDOUT_FILENO);
    ::dup2(::open("stderr.txt", flags, 0600), STDERR_FILENO);
    std::vector<char*> pointers;
    std::string program = CHAOSENSE_PROGRAM;
    pointers.push_back(program.data());
    std::vector<std::string> copies = arguments;
    for (std::string& argument : copies) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    ::execv(program.c_str(), pointers.data());
    ::_exit(98);
  }
  Said Finish(pid_t child) const {
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            Read("stdout.txt"),
            Read("stderr.txt")};
  }
  Said Run(const std::vector<std::string>& arguments) const { return Finish(Start(arguments)); }

  // The program must end with `exit_code`, print nothing on stdout and one line "error: ..." on
  // stderr, without having made a run folder. Returns the line without "error: ".
  std::string ErrorOf(const std::vector<std::string>& arguments, int exit_code) const {
    const Said said = Run(arguments);
    EXPECT_EQ(said.exit_code, exit_code) << said.err;
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(said.err.find('\n'), said.err.size() - 1) << "not one line: " << said.err;
    EXPECT_TRUE(said.err.starts_with("error: ")) << said.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "results"));
    return said.err.size() > 8 ? said.err.substr(7, said.err.size() - 8) : said.err;
  }

  std::filesystem::path folder_;
};

// One quick cell on a generated picture, with the committed model.
inline const char kGoodConfig[] = R"({
  "experiment": "pipeline", "datasets": ["generated_test"], "images": ["leaves00"],
  "rates": [0.25], "methods": ["pca_lmmse"], "ciphers": ["identity"],
  "tables": [{"id": "t", "metric": "psnr", "rows": ["rate", "method"], "columns": ["image"]}]
})";

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_CLI_PROGRAM_H_
