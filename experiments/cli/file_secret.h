// What opens encrypted files, from the command line: a key file or a passphrase.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_FILE_SECRET_H_
#define CHAOSENSE_EXPERIMENTS_CLI_FILE_SECRET_H_

#include <boost/program_options.hpp>
#include <string>

#include "core/cipher/file_container.h"

namespace chaosense {

// --passphrase, --passphrase-file.
void AddPassphraseOptions(boost::program_options::options_description& options);

// --key-file, or --passphrase-file (its first line), or --passphrase: CHAOSENSE_PASSPHRASE of the
// environment if set, else asked for on the terminal without echo, twice if `is_new`. Throws
// Error(kConfig) unless exactly one is given, if the passphrase is empty, if the two do not agree
// or if there is no terminal.
FileSecret ReadFileSecret(const boost::program_options::variables_map& values,
                          const std::string& command,
                          bool is_new);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_FILE_SECRET_H_
