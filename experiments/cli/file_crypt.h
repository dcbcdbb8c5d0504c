// Files and folders as they are, encrypted and decrypted (core/cipher/file_container.h): the part
// of `encrypt` and `decrypt` that is not about pictures.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_FILE_CRYPT_H_
#define CHAOSENSE_EXPERIMENTS_CLI_FILE_CRYPT_H_

#include <boost/program_options.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/cipher/key_file.h"

namespace chaosense {

// --force, --skip-existing.
void AddFileOptions(boost::program_options::options_description& options);

// Throws Error(kConfig) "--passphrase: <why>" for the first of `names` that was given: it would be
// passed over in silence.
void RefuseOptions(const boost::program_options::variables_map& values,
                   const std::vector<const char*>& names,
                   const std::string& why);

// Whether decrypting `input` is this file's business: a folder, or an encrypted file.
bool IsForFiles(const std::filesystem::path& input);

// A file to a file, or a folder to a folder of the same shape, whose files end in .chsf besides.
// Symbolic links and devices are left out with a warning. Returns the exit code; prints a summary
// on stdout, progress on stderr.
// `new_key`, if any, is kept once something is encrypted with it.
int EncryptFiles(const boost::program_options::variables_map& values,
                 const std::filesystem::path& input,
                 const std::filesystem::path& output,
                 NewKeyFile* new_key);
int DecryptFiles(const boost::program_options::variables_map& values,
                 const std::filesystem::path& input,
                 const std::filesystem::path& output);

struct FilePair {
  std::filesystem::path input;
  std::filesystem::path output;
  uint64_t size = 0;  // of the input
};

struct FileTree {
  std::vector<FilePair> files;                 // in the order of their names
  std::vector<std::filesystem::path> folders;  // of the output, the empty ones too
};

// What to do for a tree. Encrypting adds .chsf; decrypting takes files that end so, and leaves
// others out with a warning. Throws Error(kConfig) if `output` lies in `input`, Error(kData) if
// there is no file to work on.
FileTree PlanTree(const std::filesystem::path& input,
                  const std::filesystem::path& output,
                  bool encrypt);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_FILE_CRYPT_H_
