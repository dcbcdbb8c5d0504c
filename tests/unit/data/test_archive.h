// Writes archives for tests.
#ifndef CHAOSENSE_TESTS_UNIT_DATA_TEST_ARCHIVE_H_
#define CHAOSENSE_TESTS_UNIT_DATA_TEST_ARCHIVE_H_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace chaosense {

// `format`: "tgz", "tar" or "zip". `link`: if not empty, also a symbolic link of that name to
// /etc/passwd.
void WriteTestArchive(const std::filesystem::path& path,
                      const std::string& format,
                      const std::vector<std::pair<std::string, std::string>>& members,
                      const std::string& link = "");

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_DATA_TEST_ARCHIVE_H_
