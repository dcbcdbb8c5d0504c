// A folder of its own for one test, removed at the end.
#ifndef CHAOSENSE_TESTS_UNIT_HARNESS_TEMPORARY_FOLDER_H_
#define CHAOSENSE_TESTS_UNIT_HARNESS_TEMPORARY_FOLDER_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/error.h"

namespace chaosense {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chaosense_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::string Read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  // The message of the chaosense::Error that `action` throws, with the folder's path taken out.
  template <typename Action>
  std::string ErrorOf(Action action, ErrorKind kind = ErrorKind::kConfig) const {
    try {
      action();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      std::string message = error.what();
      const std::string prefix = path_.string() + "/";
      for (size_t at; (at = message.find(prefix)) != std::string::npos;)
        message.erase(at, prefix.size());
      EXPECT_EQ(message.find('\n'), std::string::npos) << "more than one line: " << message;
      return message;
    }
    ADD_FAILURE() << "nothing was thrown";
    return "";
  }

 private:
  std::filesystem::path path_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_HARNESS_TEMPORARY_FOLDER_H_
