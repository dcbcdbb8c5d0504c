// A file of lines that is appended to for as long as a process lives.
#ifndef CHAOSENSE_CORE_BASE_LINE_APPENDER_H_
#define CHAOSENSE_CORE_BASE_LINE_APPENDER_H_

#include <filesystem>
#include <string_view>
#include <utility>

namespace chaosense {

// Appends lines to a file that stays open. What is appended survives the process's death at once
// and the machine's once Sync() has returned. A torn last line is ended first. The file is made
// with the first line.
class LineAppender {
 public:
  explicit LineAppender(std::filesystem::path path) : path_(std::move(path)) {}
  ~LineAppender();
  LineAppender(const LineAppender&) = delete;
  LineAppender& operator=(const LineAppender&) = delete;

  // `lines`: several are parted by '\n'; the last needs none.
  void Append(std::string_view lines);
  void Sync();

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  bool synced_ = true;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_LINE_APPENDER_H_
