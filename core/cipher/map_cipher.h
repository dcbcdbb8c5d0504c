// map_cipher: a cipher on any chaotic map, by config. The keystream is map_keystream.h's, what is
// done with it is the chaotic ciphers': vector decomposition, sliding scrambling, chains.
#ifndef CHAOSENSE_CORE_CIPHER_MAP_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_MAP_CIPHER_H_

#include <memory>
#include <string>
#include <vector>

#include "core/cipher/cipher.h"
#include "core/cipher/map_keystream.h"

namespace chaosense {

// The parameters that the key chooses if the config does not say, for the built-in maps where a
// range without wide periodic windows is known; none for others.
std::vector<KeyedParameter> DefaultKeyedParameters(const std::string& map);

// `parameters`: resolved ones of map_cipher. Throws Error(kConfig).
std::shared_ptr<const MapKeystreamPlan> MakeMapKeystreamPlan(const Json& parameters);

void RegisterMapCipher(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_MAP_CIPHER_H_
