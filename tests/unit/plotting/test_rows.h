// Rows for the tests of tables.
#ifndef CHAOSENSE_TESTS_UNIT_PLOTTING_TEST_ROWS_H_
#define CHAOSENSE_TESTS_UNIT_PLOTTING_TEST_ROWS_H_

#include <limits>
#include <string>
#include <vector>

#include "plotting/rows.h"

namespace chaosense {

inline ResultRow Measured(double rate,
                          const std::string& method,
                          const std::string& image,
                          double value,
                          const std::string& metric = "psnr") {
  ResultRow row;
  row.experiment = "e";
  row.dataset = "set11";
  row.image = image;
  row.rate = rate;
  row.method = method;
  row.cipher = "paper";
  row.metric = metric;
  row.value = value;
  return row;
}

inline ResultRow WithPublished(ResultRow row,
                               double published,
                               const std::string& source = "Table 1") {
  row.published = published;
  row.source = source;
  return row;
}

inline ResultRow OnlyPublished(double rate,
                               const std::string& method,
                               const std::string& image,
                               double published,
                               const std::string& source = "Table 1") {
  ResultRow row = WithPublished(Measured(rate, method, image, 0), published, source);
  row.experiment = row.cipher = "";
  row.value = std::numeric_limits<double>::quiet_NaN();
  row.status = "published";
  return row;
}

inline ResultRow Failed(double rate, const std::string& method, const std::string& why) {
  ResultRow row = Measured(rate, method, "", std::numeric_limits<double>::quiet_NaN(), "");
  row.status = "failed: " + why;
  return row;
}

// A small Table 1: two rates, two methods of ours, one of the literature.
inline std::vector<ResultRow> SmallTable() {
  return {WithPublished(Measured(0.25, "fclbcnn", "lena256", 31.2049), 31.09),
          WithPublished(Measured(0.25, "fclbcnn", "*mean", 29.6951), 29.71),
          Measured(0.25, "pca_lmmse", "lena256", 31.2),
          Measured(0.25, "pca_lmmse", "*mean", 30.66),
          WithPublished(Measured(0.1, "fclbcnn", "lena256", 26.9), 26.93),
          WithPublished(Measured(0.1, "fclbcnn", "*mean", 25.5), 25.41),
          Failed(0.1, "pca_lmmse", "out of memory"),
          OnlyPublished(0.25, "tval3", "lena256", 28.67, "Table 1, quoting [1]"),
          OnlyPublished(0.25, "tval3", "*mean", 27.84),
          OnlyPublished(0.01, "tval3", "*mean", 11.31)};
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_PLOTTING_TEST_ROWS_H_
