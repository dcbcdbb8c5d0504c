// Gray-level co-occurrence matrix and its three usual properties (Haralick 1973), with MATLAB's
// graycomatrix defaults.
#ifndef CHAOSENSE_CORE_METRICS_GLCM_H_
#define CHAOSENSE_CORE_METRICS_GLCM_H_

#include <vector>

#include "core/image/image.h"

namespace chaosense {

// Share of pairs (pixel, right neighbour) with levels (i, j), levels x levels, row-major; not
// symmetric; all channels pooled. Bytes map to levels as floor(v * levels / 256). All zero for
// images one pixel wide. 2 <= levels <= 256.
std::vector<double> CooccurrenceMatrix(const ImageU8& image, int levels = 8);

double GlcmContrast(const std::vector<double>& matrix);     // sum (i - j)^2 p
double GlcmEnergy(const std::vector<double>& matrix);       // sum p^2
double GlcmHomogeneity(const std::vector<double>& matrix);  // sum p / (1 + |i - j|)

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_GLCM_H_
