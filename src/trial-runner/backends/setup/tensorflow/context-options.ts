/**
 * C++ that is compiled into the addon in place of TFE_NewContextOptions: the addon itself has no way to configure
 * TensorFlow. GPU memory grows as it is needed; TUNE_GPU_MEMORY_FRACTION, above 0 and up to 1, is the part of each GPU's
 * memory that a process may take.
 *
 * The bytes are a ConfigProto (tensorflow/core/protobuf/config.proto) whose gpu_options, field 6, hold
 * per_process_gpu_memory_fraction, field 1, and allow_growth, field 4.
 */
export const contextOptions = `#include <cstdlib>
#include <cstring>
#include "tensorflow/c/eager/c_api.h"

extern "C" TFE_ContextOptions* TuneNewContextOptions() {
  TFE_ContextOptions* options = TFE_NewContextOptions();
  const char* text = std::getenv("TUNE_GPU_MEMORY_FRACTION");
  double fraction = text == nullptr ? 0 : std::atof(text);
  if (!(fraction > 0 && fraction <= 1)) fraction = 0;  // 0: TensorFlow's own choice
  unsigned char config[13] = {0x32, 11, 0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 1};
  std::memcpy(config + 3, &fraction, sizeof fraction);
  TF_Status* status = TF_NewStatus();
  TFE_ContextOptionsSetConfig(options, config, sizeof config, status);
  TF_DeleteStatus(status);
  return options;
}
`

/** Makes the addon's own sources call it. */
export const contextOptionsMacro = '-DTFE_NewContextOptions=TuneNewContextOptions'
